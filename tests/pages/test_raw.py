"""Pages come out of files one at a time, at a resolution that can be believed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfWriter

from pipeline.errors import CorruptFileError
from pipeline.model import MediaType, SourceFile
from pipeline.pages import load_page


def source_of(path: Path, media_type: MediaType, pages: int = 1) -> SourceFile:
    return SourceFile(path, "0" * 64, media_type, path.stat().st_size, pages)


def test_pdf_pages_in_order_at_300_dpi(tmp_path: Path) -> None:
    path = tmp_path / "bundle.pdf"
    shades = [Image.new("L", (595, 842), shade) for shade in (250, 180, 90)]
    shades[0].save(path, save_all=True, append_images=shades[1:], resolution=72)
    source = source_of(path, MediaType.PDF, 3)
    pages = [load_page(source, number) for number in (1, 2, 3)]
    assert [page.number for page in pages] == [1, 2, 3]
    assert all(page.dpi == 300 and page.image.shape == (3509, 2480) for page in pages)
    assert [round(float(page.image.mean()), -1) for page in pages] == [250, 180, 90]


def test_pdf_is_cropped_and_turned_as_on_screen(tmp_path: Path) -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    page.cropbox.upper_right = (300, 800)
    page.rotate(90)
    path = tmp_path / "-odd name\xff.pdf"
    with path.open("wb") as file:
        writer.write(file)
    assert load_page(source_of(path, MediaType.PDF), 1, 72).image.shape == (300, 800)


def test_colour_is_told_from_grey(tmp_path: Path) -> None:
    colour = Image.new("RGB", (900, 1200), "white")
    for name, ink, channels in (("grey", (90, 92, 95), 2), ("pen", (40, 60, 190), 3)):
        image = colour.copy()
        image.paste(ink, (300, 300, 500, 306))
        path = tmp_path / f"{name}.png"
        image.save(path, dpi=(300, 300))
        assert load_page(source_of(path, MediaType.PNG), 1).image.ndim == channels


@pytest.mark.parametrize(
    ("size", "stated", "expected_size", "expected_dpi"),
    [
        ((2480, 3508), (300, 300), (2480, 3508), 300),
        ((2480, 3508), (72, 72), (2480, 3508), 300),  # a made-up resolution
        ((2480, 3508), None, (2480, 3508), 300),
        ((1240, 1754), (150, 150), (2480, 3508), 300),
        ((4960, 7016), (600, 600), (2480, 3508), 300),
        ((1728, 1145), (204, 98), (2541, 3505), 300),  # a standard fax: pixels are not square
        ((1, 1), None, (4, 4), 288),
    ],
)
def test_resolution_of_images(
    tmp_path: Path,
    size: tuple[int, int],
    stated: tuple[int, int] | None,
    expected_size: tuple[int, int],
    expected_dpi: int,
) -> None:
    path = tmp_path / "scan.tif"
    Image.new("L", size, 255).save(path, **({} if stated is None else {"dpi": stated}))
    page = load_page(source_of(path, MediaType.TIFF), 1)
    height, width = page.image.shape
    assert (width, height) == pytest.approx(expected_size, abs=2)
    assert page.dpi == pytest.approx(expected_dpi, abs=1)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_every_mode_shows_dark_ink_on_white(tmp_path: Path, mode: str) -> None:
    image = Image.new("L", (800, 1100), 255)
    image.paste(0, (100, 100, 300, 300))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    else:
        image = image.convert("RGB").convert(mode) if mode != "1" else image.convert("1")
    if mode in ("RGBA", "LA"):
        clear = Image.new("L", image.size, 0)
        clear.paste(255, (100, 100, 300, 300))
        image.putalpha(clear)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    path = tmp_path / f"scan.{kind}"
    image.save(path, kind, dpi=(100, 100))
    source = source_of(path, MediaType.JPEG if kind == "JPEG" else MediaType.PNG)
    pixels = load_page(source, 1, 100).image
    assert pixels.shape == (1100, 800)
    assert pixels[200, 200] < 40
    assert pixels[600, 600] > 240


def test_frames_and_orientation_tag(tmp_path: Path) -> None:
    first, second = Image.new("L", (600, 900), 255), Image.new("L", (600, 900), 200)
    path = tmp_path / "fax.tif"
    first.save(path, save_all=True, append_images=[second], dpi=(100, 100), tiffinfo={274: 6})
    page = load_page(source_of(path, MediaType.TIFF, 2), 2, 100)
    assert page.image.mean() == 200
    assert load_page(source_of(path, MediaType.TIFF, 2), 1, 100).image.shape == (600, 900)


def test_damaged_pages(tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.effect_noise((900, 1200), 90).save(buffer, "JPEG")
    path = tmp_path / "half.jpg"
    path.write_bytes(buffer.getvalue()[:-4000])
    with pytest.raises(CorruptFileError):
        load_page(source_of(path, MediaType.JPEG), 1)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing\n%%EOF")
    with pytest.raises(CorruptFileError):
        load_page(source_of(broken, MediaType.PDF), 1)


def test_pages_that_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    Image.new("L", (600, 900), 255).save(path)
    with pytest.raises(ValueError, match="no page 2"):
        load_page(source_of(path, MediaType.PNG), 2)
    with pytest.raises(ValueError, match="transcript"):
        load_page(source_of(path, MediaType.TEXT), 1)
