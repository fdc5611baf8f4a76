from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.catalog import Catalog

RUN = Path(__file__).with_name("archive_run.py")


@pytest.fixture(scope="session")
def archive_run() -> ModuleType:
    """The module ``archive_run.py``; tests are no package, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location("catalog_archive_run", RUN)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder of five stand-in files, ``1.pdf`` to ``5.pdf``."""
    return stand_in_files(tmp_path / "raw")


def stand_in_files(folder: Path) -> Path:
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"{number}.pdf").write_text(str(number))
        os.utime(folder / f"{number}.pdf", (1_600_000_000, 1_600_000_000))
    return folder


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, archive_run: ModuleType) -> Path:
    """A folder with ``raw`` and what one run over it gave, ``out``; not to be changed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    archive_run.run(stand_in_files(folder / "raw"), folder / "out")
    return folder


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(tmp_path / "out") as opened:
        yield opened
