"""Rounded as in eight bits, a network computes what the runtime then does."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch", reason="needs the training extra")
pytest.importorskip("onnx", reason="needs the training extra")

from training.alphabet import ALPHABET  # noqa: E402
from training.batches import collate  # noqa: E402
from training.eight_bits import learn, round_values, rounded_weight, write_eight_bits  # noqa: E402
from training.network import Network, Size  # noqa: E402

torch.set_num_threads(1)
SMALL = Size(stem=4, wide=4, low=4, trunk=8, dilations=(1, 2))


def taught() -> Network:
    """A network whose running statistics are those of random strips."""
    torch.manual_seed(3)
    network = Network(len(ALPHABET), SMALL).train()
    for _ in range(40):
        network(torch.rand(4, 1, 48, 64))
    return network.eval()


def test_the_runtime_computes_in_eight_bits_what_rounding_foresaw(tmp_path: Path) -> None:
    network = taught()
    strips = np.random.default_rng(1).integers(0, 256, (2, 1, 48, 128)).astype(np.uint8)
    seen = torch.from_numpy(strips).float() / 255
    with torch.inference_mode():
        exact = network(seen).numpy()
        ranges = round_values(network)
        foreseen = network(seen).numpy()
    write_eight_bits(network, ranges, tmp_path / "model.onnx", {"step": "7"})
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx")
    (given,) = session.run(None, {"strips": strips})
    assert session.get_modelmeta().custom_metadata_map["step"] == "7"
    assert np.abs(given - foreseen).mean() < 0.2 * np.abs(given - exact).mean()
    assert np.abs(given - exact).mean() < 0.1 * exact.std()


def test_rounding_lets_gradients_through() -> None:
    weight = torch.tensor([1.0, -0.4, 0.009]).reshape(1, 3, 1, 1).requires_grad_()
    rounded = rounded_weight(weight)
    assert (rounded.flatten() * 64).tolist() == pytest.approx([64, -26, 1])
    rounded.sum().backward()
    assert weight.grad is not None
    assert weight.grad.flatten().tolist() == [1, 1, 1]


def test_the_rounded_network_learns_to_say_what_the_exact_one_says() -> None:
    exact, rounded = taught(), taught()
    torch.nn.init.normal_(exact.head.weight, std=2.0)
    torch.nn.init.normal_(rounded.head.weight, std=2.0)
    round_values(rounded)
    strips = np.random.default_rng(4).integers(0, 256, (4, 48, 64)).astype(np.uint8)
    batch = collate([(strip, [1]) for strip in strips])
    optimiser = torch.optim.AdamW(rounded.parameters(), lr=1e-2, weight_decay=0.0)
    unlike = [learn(exact, rounded, batch, optimiser) for _ in range(60)]
    assert unlike[-1] < 0.3 * unlike[0]
