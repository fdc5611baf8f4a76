"""Serving the page on this machine until the person stops it."""

from __future__ import annotations

import getpass
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

import uvicorn

from pipeline.catalog import Catalog
from pipeline.checking.app import make_app
from pipeline.checking.archive import CheckedArchive
from pipeline.checking.guard import HOST
from pipeline.errors import LockedError, UsageError
from pipeline.printable import printable

_SECONDS_TO_END = 5


def serve(catalog: Catalog, port: int, announce: Callable[[str], None]) -> None:
    """Serve the page for ``catalog`` at ``port`` (0: a free one) of the loopback until interrupted.

    ``announce`` is told the address. At the end datasets, graph and report are written anew if a person
    said anything; another run that writes there does it in our place. Raises :class:`UsageError` where the
    port is taken.
    """
    archive = CheckedArchive(catalog, _login_name())
    with _listening(port) as listener:
        own_port = int(listener.getsockname()[1])
        config = uvicorn.Config(
            make_app(archive, own_port),
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_END,
        )
        announce(f"http://{HOST}:{own_port}/")
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            pass
        finally:
            signal.signal(signal.SIGTERM, before)
    if not archive.is_published:
        _publish(archive, announce)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as containers have: OSError since Python 3.13
        return f"uid {os.getuid()}"


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(f"port {port} cannot be used ({error}); choose another with --port") from error
    return listener


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _publish(archive: CheckedArchive, announce: Callable[[str], None]) -> None:
    announce("writing datasets, graph and report …")
    try:
        archive.publish()
    except LockedError as error:
        announce(f"{printable(error)}; its own datasets will hold the corrections")
