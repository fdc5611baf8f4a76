"""Both recognisers on lines drawn here, with a font that every Thai machine has."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import MissingToolError, SarabanError
from pipeline.model import Box, GreyImage, Ink, Line, LineRegion
from pipeline.ocr import NeuralRecogniser, Recogniser, TesseractRecogniser, model_version
from pipeline.ocr.neural import surest

FONT = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")
TEXTS = ("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗", "๗ ธันวาคม ๒๕๖๔", "เรื่อง การประเมินคุณธรรม", "โทร. 02-241-9000")

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="needs fonts-thai-tlwg")


def drawn(texts: Sequence[str], size: int = 56) -> tuple[GreyImage, list[LineRegion]]:
    """A page with a line for each text, and where they are."""
    font = ImageFont.truetype(str(FONT), size)
    body = -font.getbbox("ก", anchor="ls")[1]
    page = Image.new("L", (1600, 110 * len(texts) + 60), 255)
    regions = []
    for number, text in enumerate(texts):
        baseline = 110 * number + 90
        ImageDraw.Draw(page).text((60, baseline), text, font=font, fill=0, anchor="ls")
        left, top, right, bottom = font.getbbox(text, anchor="ls")
        box = Box(60 + left, baseline + top, 60 + right, baseline + bottom)
        regions.append(LineRegion(box, baseline, baseline, body, Ink.PEN if number == 1 else Ink.PRINT))
    return np.asarray(page), regions


@pytest.fixture(scope="module")
def neural() -> NeuralRecogniser:
    return NeuralRecogniser()


def test_clean_print_is_read_right(neural: NeuralRecogniser) -> None:
    image, regions = drawn(TEXTS)
    assert tuple(line.text for line in neural.read(image, regions)) == TEXTS


def test_a_line_carries_its_region_lattice_and_characters(neural: NeuralRecogniser) -> None:
    image, regions = drawn(TEXTS)
    for line, region in zip(neural.read(image, regions), regions, strict=True):
        assert line.box == region.box
        assert line.ink == region.ink
        assert line.body_height == region.body_height
        assert line.engine == neural.name
        assert 0.0 <= line.confidence <= 1.0
        assert "".join(character.text for character in line.characters) == line.text
        assert all(0.0 <= character.confidence <= 1.0 for character in line.characters)
        assert line.lattice is not None
        assert np.exp(line.lattice.scores).sum(axis=1).max() <= 1.0 + 1e-4


def test_characters_lie_where_they_are_drawn(neural: NeuralRecogniser) -> None:
    image, (region,) = drawn(["๒      ๕"])
    first, *_, last = neural.read(image, [region])[0].characters
    assert (first.text, last.text) == ("๒", "๕")
    assert first.x1 < region.box.centre[0] < last.x0


def test_reading_is_deterministic_and_keeps_the_order(neural: NeuralRecogniser) -> None:
    image, regions = drawn(TEXTS)
    once, again = neural.read(image, regions), neural.read(image, regions)
    assert [line.characters for line in once] == [line.characters for line in again]
    backwards = neural.read(image, regions[::-1])
    assert [line.text for line in backwards[::-1]] == [line.text for line in once]


@pytest.mark.parametrize("misjudged", [0.8, 1.25])
def test_a_body_height_a_quarter_off_is_forgiven(neural: NeuralRecogniser, misjudged: float) -> None:
    image, (region,) = drawn(["ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗"])
    (line,) = neural.read(image, [replace(region, body_height=region.body_height * misjudged)])
    assert line.text == "ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗"
    assert line.body_height == pytest.approx(region.body_height * misjudged)


def test_no_regions_no_lines(neural: NeuralRecogniser) -> None:
    assert neural.read(np.full((10, 10), 255, np.uint8), []) == ()


def test_empty_paper_reads_as_nothing(neural: NeuralRecogniser) -> None:
    (line,) = neural.read(np.full((100, 500), 250, np.uint8), [LineRegion(Box(20, 20, 480, 80), 60, 60, 18)])
    assert line.text == ""


@pytest.mark.parametrize("which", ["print_model", "pen_model"])
def test_a_missing_model_says_so(tmp_path: Path, which: str) -> None:
    with pytest.raises(MissingToolError, match="missing"):
        NeuralRecogniser(**{which: tmp_path / "none.onnx"})


def test_the_version_is_of_both_models(neural: NeuralRecogniser, tmp_path: Path) -> None:
    assert model_version() == f"{neural.name}-{neural.version}"
    pen = tmp_path / "pen.onnx"
    pen.write_bytes(Path(str(resources.files("pipeline.ocr") / "model" / "thai-print.onnx")).read_bytes())
    assert NeuralRecogniser(pen_model=pen).version != neural.version


def test_tesseract_reads_latin_print() -> None:
    reader: Recogniser = TesseractRecogniser("eng")
    image, regions = drawn(["National Archives", "Annual report 2021"])
    lines = reader.read(image, regions)
    assert [line.text for line in lines] == ["National Archives", "Annual report 2021"]
    assert all(line.lattice is None and line.engine == "tesseract eng" for line in lines)


def test_tesseract_gets_no_spaces_between_thai_characters() -> None:
    image, regions = drawn(["การประเมินคุณธรรม และความโปร่งใส"])
    (line,) = TesseractRecogniser("tha").read(image, regions)
    assert line.text.count(" ") == 1


def test_tesseract_without_the_language_is_a_missing_tool() -> None:
    with pytest.raises(MissingToolError, match="xxx"):
        TesseractRecogniser("xxx")


def test_tesseract_out_of_time_is_an_error_of_ours() -> None:
    image, regions = drawn(TEXTS * 3)
    reader = TesseractRecogniser("tha", seconds=0.02)
    with pytest.raises(SarabanError, match="more than"):
        reader.read(image, regions)


def read_as(text: str, confidence: float) -> Line:
    return Line(text, Box(0, 0, 9, 9), confidence)


def test_the_surest_of_several_readings_that_read_anything_is_kept() -> None:
    kept, agreeing = surest([read_as("๔๘", 0.5), read_as("", 0.9), read_as("๔๘", 0.7), read_as("๕๘", 0.6)])
    assert (kept.text, kept.confidence, agreeing) == ("๔๘", 0.7, 1)


def test_faint_scrawls_are_read_again_and_are_less_sure_where_readings_differ(
    neural: NeuralRecogniser,
) -> None:
    image, regions = drawn(("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗",) * 8, size=15)
    noise = np.random.default_rng(1).normal(0, 70, image.shape)
    image = np.clip(image + noise, 0, 255).astype(np.uint8)
    readings = neural.readings(image, regions)
    several = [at for at, found in enumerate(readings) if len(found) == 3]
    assert several
    lines = neural.read(image, regions)
    for at in several:
        kept, agreeing = surest(readings[at])
        assert agreeing == 2 or lines[at].confidence < kept.confidence
