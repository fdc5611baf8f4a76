"""A rendered bundle as the text that another OCR service would have given."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from samples.geometry import PageGeometry, TableTruth
from samples.render import RenderedBundle


def write_transcript(rendered: RenderedBundle, path: Path) -> None:
    """Write the pages' text, separated by form feeds; table rows on a line each, cells by tabs.

    Lines stand in the order of their baselines, those beside one another from left to right.
    """
    path.write_text("\f".join(_page_text(page.geometry) for page in rendered.pages), encoding="utf-8")


def _page_text(page: PageGeometry) -> str:
    in_tables = {id(line) for table in page.tables for cell in table.cells for line in cell.lines}
    loose = [line for line in page.all_lines if id(line) not in in_tables]
    blocks = [(round(line.baseline_left), line.box.x0, line.text) for line in loose]
    blocks += [(round(table.box.y0), table.box.x0, _table_text(table)) for table in page.tables]
    return "\n".join(text for _, _, text in sorted(blocks)) + "\n"


def _table_text(table: TableTruth) -> str:
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for cell in table.cells:
        rows[cell.row][cell.column] = "✓" if cell.tick else cell.text.replace("\n", "")
    return "\n".join(
        "\t".join(rows[row].get(column, "") for column in range(table.columns)) for row in range(table.rows)
    )
