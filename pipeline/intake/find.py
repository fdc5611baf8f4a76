"""From what the user names to the files meant: folders are walked, links kept on a short leash."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.errors import FileError, UnreadableFileError, UsageError
from pipeline.model import SourceFile

Refuse = Callable[[FileError], None]


def _log_refusal(error: FileError) -> None:
    logging.getLogger(__name__).warning("skipped %s", error)


def find_files(paths: Sequence[Path], refuse: Refuse = _log_refusal) -> tuple[Path, ...]:
    """All files under ``paths``, each once, sorted by name.

    A file that is named is taken whatever it is. A folder is walked to its end without hidden
    files and folders (their name begins with a dot). Links in it that are broken, go round in
    a loop or lead out of the folder are handed to ``refuse`` as errors and skipped, as are
    folders that may not be listed. Names are kept as they are, bytes that are no UTF-8 included.

    Raises :class:`UsageError` for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
        if path.is_dir():
            found |= dict.fromkeys(_walk(path, path.resolve(), refuse))
        else:
            found[path] = None
    return tuple(sorted(found))


def unique(files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """The first of every group of files with the same bytes, in the order given."""
    first: dict[str, SourceFile] = {}
    for file in files:
        first.setdefault(file.sha256, file)
    return tuple(first.values())


def _walk(folder: Path, root: Path, refuse: Refuse) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        refuse(UnreadableFileError(folder, error.strerror or str(error)))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            yield from _follow(path, root, refuse)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root, refuse)
        else:
            yield path


def _follow(link: Path, root: Path, refuse: Refuse) -> Iterator[Path]:
    """The file a link means, if it lies under ``root``.

    Links to folders are never followed: what lies under ``root`` is found by its own name.
    """
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop, before Python 3.13
        refuse(UnreadableFileError(link, "the link is broken or goes round in a loop"))
        return
    if not target.is_relative_to(root):
        refuse(UnreadableFileError(link, "the link leads out of the folder"))
    elif link.parent.resolve().is_relative_to(target):
        refuse(UnreadableFileError(link, "the link leads back to a folder that holds it"))
    elif not target.is_dir():
        yield link
