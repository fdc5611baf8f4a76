"""From what the user names to the files meant: folders are walked, links kept on a short leash."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileError, UnreadableFileError, UsageError


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What lies under the paths given: each file once, sorted by name.

    ``refused`` are links that are broken, go round in a loop or lead out of the folder, and folders that
    may not be listed. ``hidden`` are files and folders left out because programs keep them for themselves:
    those whose names begin with a dot (``.DS_Store``, ``.git``), and ``Thumbs.db`` and the like.
    """

    files: tuple[Path, ...]
    refused: tuple[FileError, ...]
    hidden: tuple[Path, ...]


def find_files(paths: Sequence[Path], own: Collection[Path] = ()) -> FoundFiles:
    """All files under ``paths``: a file that is named, whatever it is, and a folder to its end.

    Names are kept as they are, bytes that are no UTF-8 included. ``own`` are files and folders that a run
    writes itself: they are passed over where its output lies in a folder that it reads.

    Raises :class:`UsageError` for a path that does not exist.
    """
    check_paths(paths)
    files: set[Path] = set()
    refused: dict[Path, FileError] = {}
    hidden: set[Path] = set()
    passed_over = {written.resolve() for written in own}
    for path in paths:
        if path.is_dir():
            below = _walk(path, passed_over)
            files.update(below.files)
            refused |= {error.path: error for error in below.refused}
            hidden.update(below.hidden)
        else:
            files.add(path)
    return FoundFiles(
        tuple(sorted(files)), tuple(refused[path] for path in sorted(refused)), tuple(sorted(hidden))
    )


def check_paths(paths: Sequence[Path]) -> None:
    """Raise :class:`UsageError` for a path that does not exist, before anything is made for a run over it."""
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")


def _is_kept_for_itself(name: str) -> bool:
    """Whether a program keeps a file for itself: ``.DS_Store``, ``Thumbs.db``, ``~$letter.docx``."""
    return name.startswith((".", "~$")) or name.lower() in ("thumbs.db", "desktop.ini")


def _walk(root: Path, own: Collection[Path]) -> FoundFiles:
    resolved = root.resolve()
    files: list[Path] = []
    refused: list[FileError] = []
    hidden: list[Path] = []
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = _entries(folder, own)
        except OSError as error:
            refused.append(UnreadableFileError(folder, error.strerror or str(error)))
            continue
        for entry in entries:
            path = folder / entry.name
            fault = _fault_of_link(path, resolved) if entry.is_symlink() else None
            if _is_kept_for_itself(entry.name):
                hidden.append(path)
            elif fault is not None:
                refused.append(UnreadableFileError(path, fault))
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif not (entry.is_symlink() and path.is_dir()):
                # Links to folders are not followed: what lies there is found by its own name.
                files.append(path)
    return FoundFiles(tuple(files), tuple(refused), tuple(hidden))


def _entries(folder: Path, own: Collection[Path]) -> list[os.DirEntry[str]]:
    """What lies in a folder, but for what the run writes itself; raises ``OSError``."""
    place = folder.resolve()
    with os.scandir(folder) as listing:
        return [entry for entry in listing if place / entry.name not in own]


def _fault_of_link(link: Path, root: Path) -> str | None:
    """Why a link under ``root`` is not followed, or None where it leads to something else under it."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop, before Python 3.13
        return "the link is broken or goes round in a loop"
    if not target.is_relative_to(root):
        return "the link leads out of the folder"
    if link.parent.resolve().is_relative_to(target):
        return "the link leads back to a folder that holds it"
    return None
