"""Whether a scheduled run really fires here: what ``saraban doctor --schedule`` looks at.

Some combinations of versions start well and then silently schedule nothing, so this waits for a run.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from flows.environment import prepare

prepare()

import anyio  # noqa: E402
from prefect import flow  # noqa: E402  (Prefect reads its environment when imported)
from prefect.runner import Runner  # noqa: E402
from prefect.schedules import Cron  # noqa: E402
from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: E402

from flows.server import prefect_server  # noqa: E402
from pipeline.doctor import Check  # noqa: E402
from pipeline.errors import SarabanError  # noqa: E402

_EVERY_MINUTE = "* * * * *"
_PATIENCE_SECONDS = 600.0
_LOOK_EVERY_SECONDS = 0.5


@flow(name="schedule-check", persist_result=False)
def leave_mark(mark: str) -> None:
    """Make the file ``mark``."""
    Path(mark).touch()


def check_schedule() -> Check:
    """Serve a flow that is due every minute, with a server in a folder of its own, until it has run."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        mark = Path(folder) / "mark"
        try:
            # A server that the user has set is not ours to fill with runs of every minute.
            with temporary_settings(restore_defaults={PREFECT_API_URL}), prefect_server(Path(folder)):
                asyncio.run(_serve_until(mark))
        except SarabanError as error:
            return Check("schedule", False, str(error), "see the message")
        waited = f"{time.monotonic() - started:.0f} s"
        if mark.exists():
            return Check("schedule", True, f"a scheduled run fired and ended within {waited}")
    remedy = "install the versions of constraints.txt: pip install -c constraints.txt saraban"
    return Check("schedule", False, f"no scheduled run within {waited}", remedy)


async def _serve_until(mark: Path) -> None:
    runner = Runner(name="saraban-doctor", pause_on_shutdown=False)
    await runner.aadd_flow(
        leave_mark, name="every-minute", schedule=Cron(_EVERY_MINUTE), parameters={"mark": str(mark)}
    )
    async with anyio.create_task_group() as group:
        group.start_soon(runner.start)
        with anyio.move_on_after(_PATIENCE_SECONDS):
            while not mark.exists():
                await anyio.sleep(_LOOK_EVERY_SECONDS)
        await runner.astop()
