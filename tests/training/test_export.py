"""A network written as ONNX computes what it computed, and can be taken up again."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch", reason="needs the training extra")
pytest.importorskip("onnx", reason="needs the training extra")

from training.alphabet import ALPHABET  # noqa: E402
from training.export import read_onnx, write_onnx  # noqa: E402
from training.network import Network, Size  # noqa: E402

torch.set_num_threads(1)
SMALL = Size(stem=4, wide=4, low=4, trunk=8, dilations=(1, 2))


@pytest.fixture
def network() -> Network:
    torch.manual_seed(3)
    network = Network(len(ALPHABET), SMALL)
    network.train()
    network(torch.rand(4, 1, 48, 64))  # so that running statistics are not those of a new network
    return network.eval()


def test_the_runtime_computes_what_the_network_does(network: Network, tmp_path: Path) -> None:
    write_onnx(network, tmp_path / "model.onnx", {})
    strips = np.random.default_rng(1).integers(0, 256, (2, 1, 48, 128)).astype(np.uint8)
    (given,) = onnxruntime.InferenceSession(tmp_path / "model.onnx").run(None, {"strips": strips})
    with torch.inference_mode():
        wanted = network(torch.from_numpy(strips).float() / 255).numpy()
    assert given.shape == (2, 64, len(ALPHABET))
    np.testing.assert_allclose(given, wanted, atol=2e-3)


def test_a_written_network_is_taken_up_again(network: Network, tmp_path: Path) -> None:
    write_onnx(network, tmp_path / "model.onnx", {"step": "7"})
    again = read_onnx(tmp_path / "model.onnx")
    assert again.size == network.size
    for name, value in network.state_dict().items():
        if value.dtype.is_floating_point:
            torch.testing.assert_close(again.state_dict()[name], value, rtol=1e-3, atol=1e-6, msg=name)
