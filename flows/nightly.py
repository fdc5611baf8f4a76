"""The nightly flow, and the two ways to run it on one machine: on its schedule, or once and now.

``saraban nightly`` calls :func:`serve`, ``saraban nightly --once`` :func:`run_once`. With a Prefect server
and workers of one's own, ``prefect deploy --all`` makes the deployment of ``prefect.yaml`` instead.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flows.environment import prepare

prepare()

import anyio  # noqa: E402
from prefect import flow  # noqa: E402  (Prefect reads its environment when imported)
from prefect.client.orchestration import SyncPrefectClient, get_client  # noqa: E402
from prefect.client.schemas.filters import (  # noqa: E402
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (  # noqa: E402
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    FlowRun,
    State,
    StateType,
)
from prefect.client.schemas.schedules import CronSchedule  # noqa: E402
from prefect.exceptions import ObjectNotFound  # noqa: E402
from prefect.flows import Flow  # noqa: E402
from prefect.runner import Runner  # noqa: E402
from prefect.runtime import flow_run as this_run  # noqa: E402
from prefect.states import Completed, Crashed, Failed  # noqa: E402
from pydantic import ValidationError  # noqa: E402

from flows import ingest as ingestion  # noqa: E402
from flows.notification import notify  # noqa: E402
from flows.runners import task_runner  # noqa: E402
from flows.server import prefect_server  # noqa: E402
from pipeline.catalog import (  # noqa: E402
    Catalog,
    Choice,
    RunLock,
    summary_text,
)
from pipeline.errors import ExitCode, LockedError, UsageError  # noqa: E402
from pipeline.isolation import die_with_parent  # noqa: E402
from pipeline.printable import printable  # noqa: E402
from pipeline.settings import Settings, load_settings  # noqa: E402

DEPLOYMENT = "every-night"


def _tell(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    settings = load_settings()
    report = printable((settings.out / "report.html").absolute())
    text = f"{state.message}\nReport: {report}"
    notify(settings, f"Saraban: {flow_run.name} ended {state.name}", text)


def _run_name() -> str:
    due = this_run.scheduled_start_time.astimezone(ZoneInfo(load_settings().nightly_timezone))
    return f"nightly {due:%Y-%m-%d %H:%M}"


@flow(
    name="nightly",
    flow_run_name=_run_name,
    persist_result=False,
    on_failure=[_tell],
    on_crashed=[_tell],
)
def nightly(retry_failed: bool = False) -> State[Any]:
    """Ingest ``nightly_input``; ends Failed, with the exit code, if any file failed, and then tells so."""
    if multiprocessing.parent_process() is not None:
        # Served by `saraban nightly`; without it this run would go on with nobody to hear of it.
        die_with_parent()
    settings = load_settings()
    ingest = ingestion.ingest.with_options(task_runner=task_runner(settings))
    choice = Choice(retry_failed=retry_failed)
    state = ingest([settings.nightly_input], settings, choice, return_state=True)
    ingestion.rename_run(f"{this_run.name}: {state.message}")
    # Of a flow that hands on another's state, Prefect would only say "1/1 states failed".
    outcome = state.result(raise_on_failure=False)
    print(printable(f"nightly: {state.message}; report: {settings.out / 'report.html'}"), flush=True)
    ended = Completed if state.is_completed() else Failed
    return ended(message=state.message, data=outcome)


def run_once() -> int:
    """Run the flow now, in this process; gives the exit code."""
    settings = load_settings()
    with prefect_server(_home(settings), settings.nightly_port):
        summary = ingestion.summary_of(nightly(return_state=True))
    with Catalog.open(settings.out) as catalog:
        print(summary_text(catalog, summary))
    return int(summary.exit_code)


def serve() -> int:
    """Keep to the schedule until stopped: the archive's Prefect server, and the flow served from here.

    At most one run at a time: one that comes due meanwhile is cancelled, which also tames the runs that
    were missed while the machine was off.
    """
    settings = load_settings()
    schedule = _schedule(settings)
    with prefect_server(_home(settings), settings.nightly_port, own=True) as address:
        _end_abandoned_runs(settings)
        print(f"Prefect: {address.removesuffix('/api')}")
        print(f"Schedule: {settings.nightly_cron} in {settings.nightly_timezone}", flush=True)
        asyncio.run(_serve_until_stopped(schedule))
    return int(ExitCode.ALL_READ)


def _schedule(settings: Settings) -> CronSchedule:
    try:
        return CronSchedule(cron=settings.nightly_cron, timezone=settings.nightly_timezone)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise UsageError(f"nightly_cron or nightly_timezone makes no schedule: {reason}") from error


class _Runner(Runner):
    """A runner that ends on SIGTERM as on an interrupt: Prefect's own leaves the flow's process behind."""

    def handle_sigterm(self, *_args: Any, **_options: Any) -> None:
        signal.raise_signal(signal.SIGINT)


async def _serve_until_stopped(schedule: CronSchedule) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stopped.set)
    # The server stops with us; a paused schedule would forget the runs missed meanwhile.
    runner = _Runner(name="saraban-nightly", pause_on_shutdown=False)
    await runner.aadd_flow(
        nightly,
        name=DEPLOYMENT,
        schedules=[schedule],
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
    )
    async with anyio.create_task_group() as group:
        group.start_soon(runner.start)
        await stopped.wait()
        if runner.started:
            # Ends the run in progress, too; the next one goes on where it was.
            await runner.astop()
        group.cancel_scope.cancel()


def _home(settings: Settings) -> Path:
    return settings.out / ".prefect"


def _end_abandoned_runs(settings: Settings) -> None:
    """End what a killed server left running: such runs hold the only place, and nobody works on them."""
    try:
        with RunLock(settings.out), get_client(sync_client=True) as client:
            for run in _runs_under_way(client):
                state: State[Any] = Crashed(message="left by a server that was killed")
                client.set_flow_run_state(run.id, state, force=True)
    except LockedError:
        # Somebody does work on the archive; the place becomes free when that run ends.
        return


def _runs_under_way(client: SyncPrefectClient) -> list[FlowRun]:
    try:
        deployment = client.read_deployment_by_name(f"{nightly.name}/{DEPLOYMENT}")
    except ObjectNotFound:
        return []
    under_way = FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
    return client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=under_way)),
    )
