"""The loop learns, stops and goes on where it stopped."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the training extra")
pytest.importorskip("onnx", reason="needs the training extra")

from training.alphabet import ALPHABET  # noqa: E402
from training.batches import Batch, collate  # noqa: E402
from training.export import write_onnx  # noqa: E402
from training.network import Network, Size  # noqa: E402
from training.train import averaged_network, ctc_loss, resume, save  # noqa: E402

CPU = torch.device("cpu")
torch.set_num_threads(1)
SMALL = Size(stem=4, wide=4, low=4, trunk=8, dilations=(1,))


def batch() -> Batch:
    strips = np.random.default_rng(2).integers(0, 256, (3, 48, 60)).astype(np.uint8)
    return collate([(strips[0], [3, 4, 4]), (strips[1], [5]), (strips[2], [])])


def test_strips_are_padded_with_paper_and_classes_run_on() -> None:
    made = batch()
    assert made.strips.shape == (3, 1, 48, 64)
    assert not made.strips[..., 60:].any()
    assert made.classes.tolist() == [3, 4, 4, 5]
    assert made.lengths.tolist() == [3, 1, 0]


def test_the_loss_falls_when_it_is_followed() -> None:
    torch.manual_seed(0)
    network = Network(8, Size(stem=4, wide=4, low=4, trunk=16, dilations=(1,)))
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-2)
    losses = []
    for _ in range(8):
        made = batch()
        loss = ctc_loss(network(made.strips.float() / 255), made)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.6 * losses[0]


def test_lines_that_say_nothing_have_a_loss_too() -> None:
    made = collate([(np.zeros((48, 60), np.uint8), [])])
    assert torch.isfinite(ctc_loss(torch.zeros(1, 32, 8), made))


def test_training_goes_on_from_an_exported_model(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = Network(len(ALPHABET), SMALL)
    write_onnx(network, tmp_path / "model.onnx", {})
    state = resume(tmp_path / "none.pt", tmp_path / "model.onnx", 1e-3, CPU)
    assert torch.equal(state.network.head.weight, network.head.weight)
    assert torch.equal(state.average.head.weight, network.head.weight)
    assert state.step > 0


def test_the_mean_of_runs_lies_between_them(tmp_path: Path) -> None:
    write_onnx(Network(len(ALPHABET), SMALL), tmp_path / "model.onnx", {})
    for name, weight in (("a", 1.0), ("b", 4.0)):
        state = resume(tmp_path / "none.pt", tmp_path / "model.onnx", 1e-3, CPU)
        torch.nn.init.constant_(state.average.head.weight, weight)
        state.step = 7 if name == "a" else 9
        save(state, tmp_path / name)
    network, facts = averaged_network(tmp_path / "a", tmp_path / "a", tmp_path / "b")
    assert torch.equal(network.head.weight, torch.full_like(network.head.weight, 2.0))
    assert (facts["step"], network.training) == ("9", False)
    write_onnx(network, tmp_path / "mean.onnx", {})
    network, _ = averaged_network(tmp_path / "mean.onnx", tmp_path / "b")
    assert torch.equal(network.head.weight, torch.full_like(network.head.weight, 3.0))
