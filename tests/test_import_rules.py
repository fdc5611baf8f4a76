"""Imports run one way: stages know the foundations, never one another; only the edges know Prefect."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOUNDATIONS = {
    "atomic",
    "connected",
    "model",
    "errors",
    "lattice",
    "printable",
    "speck_rows",
    "thai",
    "words",
}
BENEATH = {"atomic": {"errors"}, "lattice": {"model"}, "words": {"model"}}
STAGES = {"intake", "pages", "layout", "ocr", "letters", "plans", "citations", "catalog", "isolation"}
SOURCES = sorted([*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "flows").rglob("*.py")])


def imported_modules(source: Path) -> set[str]:
    """Dotted names of all modules that a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: imports are absolute in this project"
            assert node.module is not None
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def part_of(source: Path) -> str:
    """``letters`` for pipeline/letters/head.py, ``errors`` for pipeline/errors.py."""
    return source.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")


def pipeline_parts(names: set[str]) -> set[str]:
    return {name.split(".")[1] for name in names if name.startswith("pipeline.")}


def test_there_are_sources_to_check():
    assert len(SOURCES) > 20
    assert {part_of(source) for source in SOURCES if "pipeline" in source.parts} >= FOUNDATIONS | STAGES


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(ROOT)))
def test_imports_run_one_way(source: Path):
    names = imported_modules(source)
    roots = {name.split(".")[0] for name in names}
    if source.is_relative_to(ROOT / "flows"):
        within = {name for name in names if name.startswith("pipeline.") and name.count(".") > 2}
        assert not within, "flows know what packages export, not their modules"
        assert not roots & {"training", "benchmarks", "samples"}
        return
    assert not roots & {"prefect", "prefect_dask", "training", "benchmarks", "samples"}
    part = part_of(source)
    if part != "cli":
        assert "flows" not in roots
    known = pipeline_parts(names)
    if part not in ("cli", "checking"):
        assert "checking" not in known
        assert not roots & {"starlette", "uvicorn"}
    if part in FOUNDATIONS:
        assert known <= {part} | BENEATH.get(part, set())
    elif part in STAGES:
        assert known <= FOUNDATIONS | {part}
