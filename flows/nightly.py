"""The nightly flow, and the two ways to run it on one machine: on its schedule, or once and now.

``saraban nightly`` calls :func:`serve`, ``saraban nightly --once`` :func:`run_once`. With a Prefect server
and workers of one's own, ``prefect deploy --all`` makes the deployment of ``prefect.yaml`` instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flows.environment import prepare

prepare()

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
from prefect.exceptions import ObjectNotFound  # noqa: E402
from prefect.flows import Flow  # noqa: E402
from prefect.runtime import flow_run as this_run  # noqa: E402
from prefect.schedules import Cron  # noqa: E402
from prefect.states import Crashed  # noqa: E402

from flows import ingest as ingestion  # noqa: E402
from flows.notification import notify  # noqa: E402
from flows.runners import task_runner  # noqa: E402
from flows.server import prefect_server  # noqa: E402
from pipeline.errors import ExitCode  # noqa: E402
from pipeline.run import Choice  # noqa: E402
from pipeline.settings import Settings, load_settings  # noqa: E402

DEPLOYMENT = "every-night"


def _tell(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    settings = load_settings()
    text = f"{state.message}\nReport: {(settings.out / 'report.html').absolute()}"
    notify(settings, f"Saraban: {flow_run.name} ended {state.name}", text)


@flow(
    name="nightly",
    flow_run_name=lambda: f"nightly {this_run.scheduled_start_time:%Y-%m-%d %H:%M}",
    persist_result=False,
    on_failure=[_tell],
    on_crashed=[_tell],
)
def nightly(retry_failed: bool = False) -> State[Any]:
    """Ingest ``nightly_input``; ends Failed, with the exit code, if any file failed, and then tells so."""
    settings = load_settings()
    ingest = ingestion.ingest.with_options(task_runner=task_runner(settings))
    return ingest([settings.nightly_input], settings, Choice(retry_failed=retry_failed), return_state=True)


def run_once() -> int:
    """Run the flow now, in this process; gives the exit code."""
    settings = load_settings()
    with prefect_server(_home(settings), settings.nightly_port):
        return int(ingestion.summary_of(nightly(return_state=True)).exit_code)


def serve() -> int:
    """Keep to the schedule until stopped: the archive's Prefect server, and the flow served from here.

    At most one run at a time: one that comes due meanwhile is cancelled, which also tames the runs that
    were missed while the machine was off.
    """
    settings = load_settings()
    with prefect_server(_home(settings), settings.nightly_port, own=True) as address:
        _end_abandoned_runs()
        print(f"Prefect: {address.removesuffix('/api')}")
        print(f"Schedule: {settings.nightly_cron} in {settings.nightly_timezone}", flush=True)
        nightly.serve(
            name=DEPLOYMENT,
            schedule=Cron(settings.nightly_cron, timezone=settings.nightly_timezone),
            global_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
            ),
            # The server stops with us; a paused schedule would forget the runs missed meanwhile.
            pause_on_shutdown=False,
            print_starting_message=False,
        )
    return int(ExitCode.ALL_READ)


def _home(settings: Settings) -> Path:
    return settings.out / ".prefect"


def _end_abandoned_runs() -> None:
    """Runs that a killed server left running hold the only place; nobody serves them any more."""
    with get_client(sync_client=True) as client:
        for run in _runs_under_way(client):
            client.set_flow_run_state(run.id, Crashed(message="left by a server that was killed"), force=True)


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
