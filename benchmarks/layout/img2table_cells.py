"""What img2table with Tesseract finds on a page image, written as JSON.

Run by a Python that has img2table; it imports nothing of this project, nor is it imported by it.
Usage: ``python img2table_cells.py PAGE.png CELLS.json``
"""

import json
import sys
from pathlib import Path

from img2table.document import Image
from img2table.ocr import TesseractOCR


def main(page: str, answer: str) -> None:
    ocr = TesseractOCR(n_threads=1, lang="tha+eng")
    cells: dict[tuple[int, int, int, int], str | None] = {}
    for table in Image(src=page).extract_tables(ocr=ocr, implicit_rows=False, borderless_tables=False):
        for row in table.content.values():
            for cell in row:
                cells[cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2] = cell.value
    found = [{"box": box, "text": text} for box, text in cells.items()]
    # On standard output Tesseract's own version stands.
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
