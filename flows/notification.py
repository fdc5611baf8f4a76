"""Telling somebody that a nightly run failed: by a command, by a webhook, or both."""

from __future__ import annotations

import shlex
import subprocess
import sys

import httpx

from pipeline.printable import printable
from pipeline.settings import Settings

_PATIENCE_SECONDS = 30


def notify(settings: Settings, subject: str, text: str) -> tuple[str, ...]:
    """Tell whom the settings name; gives what went wrong with that, and never raises for it.

    The command gets ``subject`` and ``text`` as its standard input, the webhook as JSON of the same names.
    """
    faults = []
    if settings.notify_command:
        faults.append(_run(settings.notify_command, f"{subject}\n\n{text}\n"))
    if settings.notify_webhook:
        faults.append(_post(settings.notify_webhook, {"subject": subject, "text": f"{subject}\n{text}"}))
    told = tuple(fault for fault in faults if fault is not None)
    for fault in told:
        print(f"notification: {printable(fault)}", file=sys.stderr, flush=True)
    return told


def _run(command: str, text: str) -> str | None:
    try:
        ended = subprocess.run(
            shlex.split(command),
            input=text.encode(),
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"{command}: {error}"
    return None if ended.returncode == 0 else f"{command}: ended with status {ended.returncode}"


def _post(address: str, content: dict[str, str]) -> str | None:
    try:
        httpx.post(address, json=content, timeout=_PATIENCE_SECONDS).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"{address}: {error}"
    return None
