"""An archive of recorded results with one real page, and a browser that needs no network."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from pipeline import intake
from pipeline.catalog import Catalog, export_datasets
from pipeline.checking.app import make_app
from pipeline.checking.archive import CheckedArchive
from pipeline.connect import connect
from pipeline.model import (
    Box,
    Document,
    DocumentKind,
    Evidence,
    FileResult,
    FileStatus,
    Issue,
    Letter,
    LetterForm,
    PageRecord,
    Reference,
    Relation,
    Rule,
    Stamp,
    Step,
)

PORT = 8765
HOST = f"127.0.0.1:{PORT}"


@dataclass
class Browser:
    """Sends requests to the application as a browser at its own address does."""

    app: Any
    headers: dict[str, str] = field(default_factory=lambda: {"host": HOST})
    token: str = ""

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def sending() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                headers = {**self.headers, **options.pop("headers", {})}
                return await client.request(method, path, headers=headers, **options)

        return asyncio.run(sending())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.send("GET", path, **options)

    def hidden(self, path: str, name: str) -> str:
        """The value of a hidden field of the page at ``path``, empty where it has none."""
        found = re.search(rf'name="{name}" value="([^"]+)"', self.get(path).text)
        return found[1] if found else ""

    def post(self, path: str, fields: dict[str, str] | None = None, **options: Any) -> httpx.Response:
        """Send a form of the page that stands above ``path``, as it is now."""
        self.token = self.token or self.hidden("/", "token")
        own = {"token": self.token, "reading": self.hidden(path.rpartition("/")[0] or "/", "reading")}
        return self.send("POST", path, data={**own, **(fields or {})}, **options)


def letter(ordinal: int, number: str, date: str, sure: float, **changes: Any) -> Document:
    """A letter on page ``ordinal`` whose number stands at the upper left."""
    code, _, running = number.partition("/")
    circular = running.startswith("ว")
    fields: dict[str, Any] = {
        "form": LetterForm.EXTERNAL,
        "number": number,
        "number_raw": "ที่อ่านได้",
        "agency_code": code,
        "is_circular": circular,
        "running_number": int(running.removeprefix("ว ")),
        "date": date,
        "date_raw": "วันที่ที่อ่านได้",
        "sender": "จังหวัดน่าน",
        "subject": "การสำรวจแหล่งน้ำในตำบล",
        "confidence": sure,
        "needs_review": sure < 0.9,
    }
    evidence = [
        Evidence("number", number, "ที่อ่านได้", ordinal, Box(40, 60, 240, 90), sure,
                 (Step(Rule.NUMBER_AT_LABEL),), (("นน 0023.4/ว 99", 0.3),)),
        Evidence("date", date, "วันที่ที่อ่านได้", ordinal, Box(300, 120, 500, 150), 0.95,
                 (Step(Rule.DATE_IN_PLACE),)),
        Evidence("subject", "การสำรวจแหล่งน้ำในตำบล", "การสำรวจ", ordinal, None, 0.95,
                 (Step(Rule.SUBJECT_ANNOUNCED),)),
    ]  # fmt: skip
    issues = (Issue("number_doubtful", "doubtful", page=ordinal),) if sure < 0.9 else ()
    document = {
        "ordinal": ordinal,
        "first_page": ordinal,
        "last_page": ordinal,
        "kind": DocumentKind.LETTER,
        "title": "การสำรวจแหล่งน้ำในตำบล",
        "confidence": 0.95,
        "letter": Letter(**fields),
        "evidence": tuple(evidence),
        "issues": issues,
    }
    return Document(**{**document, **changes})


def bundle(path: Path) -> FileResult:
    """A letter that encloses another, whose number was misread in the reference and in its own head."""
    cited = Reference(
        1, Relation.REFERS_TO, "หนังสือจังหวัดน่าน ที่ นน ๐๐๒๓.๔/ว ๗๘ ลงวันที่ ๑๐ มกราคม ๒๕๖๒", 1,
        Box(60, 300, 600, 330), number="นน 0023.4/ว 78", agency_code="นน 0023.4", is_circular=True,
        running_number=78, date="2019-01-10", confidence=0.5,
    )  # fmt: skip
    stamp = Stamp(1, Box(400, 10, 600, 60), "อำเภอเวียงสา", "535", "2022-01-12", "10:30", 0.4)
    return FileResult(
        path=path,
        sha256=intake.hash_file(path),
        media_type="image/png",
        size_bytes=path.stat().st_size,
        page_count=1,
        status=FileStatus.DONE,
        pages=tuple(PageRecord(n, 640, 900, 75, 90 if n == 1 else 0, 0.0, "ข้อความ", 0.9) for n in (1, 2)),
        documents=(
            letter(1, "นน 0023.4/ว 1234", "2022-01-12", 0.97, references=(cited,), stamps=(stamp,)),
            letter(2, "นน 0023.4/ว 5678", "2022-01-10", 0.55),
        ),
    )


def sideways_page(path: Path) -> Path:
    """A page of 640×900 pixels that lies on its side: black where the number stands once it is upright."""
    upright = np.full((900, 640), 255, np.uint8)
    upright[60:90, 40:240] = 0
    Image.fromarray(np.rot90(upright)).save(path, dpi=(75, 75))
    return path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scan in ``raw`` and the archive of it in ``out``; not to be changed."""
    folder = tmp_path_factory.mktemp("checked")
    (folder / "raw").mkdir()
    scan = sideways_page(folder / "raw" / "<b>แฟ้ม.png")
    with Catalog.open(folder / "out") as catalog:
        catalog.store(bundle(scan), "1", "model")
        connect(catalog, folder / "out" / "graph")
        export_datasets(catalog, folder / "out" / "datasets")
    return folder


@pytest.fixture
def scan(made: Path) -> Iterator[Path]:
    """The scan, to be damaged: it is whole again afterwards."""
    path = made / "raw" / "<b>แฟ้ม.png"
    content = path.read_bytes()
    yield path
    path.write_bytes(content)


@pytest.fixture
def result(made: Path) -> FileResult:
    """What reading the scan gave."""
    return bundle(made / "raw" / "<b>แฟ้ม.png")


@pytest.fixture
def catalog(tmp_path: Path, made: Path) -> Iterator[Catalog]:
    """A copy of the archive, to be changed."""
    shutil.copytree(made / "out", tmp_path / "out")
    with Catalog.open(tmp_path / "out") as opened:
        yield opened


@pytest.fixture
def archive(catalog: Catalog) -> CheckedArchive:
    return CheckedArchive(catalog, "somchai")


@pytest.fixture
def browser(archive: CheckedArchive) -> Browser:
    return Browser(make_app(archive, PORT))


@pytest.fixture
def ids(catalog: Catalog) -> tuple[str, str]:
    """The ids of the two letters."""
    first, second = (found.document_id for found in catalog.archived_letters())
    return first, second


@pytest.fixture
def say(browser: Browser) -> Callable[..., httpx.Response]:
    """Send a correction of a row's field: the verdict and, for another value, what was typed."""

    def saying(subject_id: str, name: str, verdict: str, value: str = "") -> httpx.Response:
        fields = {"subject_id": subject_id, "field": name, "verdict": verdict, "value": value}
        return browser.post(f"/documents/{subject_id[:21]}/corrections", fields)

    return saying
