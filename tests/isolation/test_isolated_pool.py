"""The pool: results come back, and a call that hangs, dies or eats memory harms nobody else."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from pipeline.isolation import IsolatedPool, WorkerDiedError, WorkerLimits, WorkerTimeoutError
from tests.isolation import odd_answers

LIMITS = WorkerLimits(memory_bytes=600_000_000)


@pytest.fixture
def pool():
    with IsolatedPool(2, LIMITS) as opened:
        yield opened


def test_results_and_errors_come_back(pool):
    assert pool.submit(30, pow, 2, 10).result() == 1024
    with pytest.raises(ValueError, match="invalid literal"):
        pool.submit(30, int, "๑x").result()


def test_an_answer_that_cannot_be_unpacked_is_an_error_of_its_call(pool):
    with pytest.raises(ValueError, match="invalid literal"):
        pool.submit(30, odd_answers.odd).result()
    assert pool.submit(30, abs, -3).result() == 3


def test_many_calls_share_the_workers(pool):
    futures = [pool.submit(30, divmod, number, 7) for number in range(200)]
    assert [future.result() for future in futures] == [divmod(number, 7) for number in range(200)]


def test_a_hanging_call_is_killed_and_the_others_go_on(pool):
    import time

    hanging = pool.submit(0.5, time.sleep, 60)
    fine = [pool.submit(30, abs, -number) for number in range(20)]
    with pytest.raises(WorkerTimeoutError):
        hanging.result()
    assert [future.result() for future in fine] == list(range(20))


def test_a_crash_costs_only_its_call(pool):
    crash = pool.submit(30, os.kill, 0, signal.SIGKILL)  # 0: the whole group of the worker
    with pytest.raises(WorkerDiedError) as caught:
        crash.result()
    assert caught.value.exit_status == -signal.SIGKILL
    assert pool.submit(30, abs, -3).result() == 3


def test_memory_over_the_limit_is_an_error_of_the_call(pool):
    with pytest.raises(MemoryError):
        pool.submit(30, bytearray, 5_000_000_000).result()
    assert pool.submit(30, abs, -3).result() == 3


def test_close_leaves_no_process_behind():
    import time

    me = psutil.Process()
    before = {child.pid for child in me.children(recursive=True)}
    with IsolatedPool(2, LIMITS) as pool:
        running = [pool.submit(60, time.sleep, 60) for _ in range(2)]
        pool.submit(30, abs, 1)
        while not all(future.running() for future in running):
            pass
    assert {child.pid for child in me.children(recursive=True)} <= before


def test_workers_die_with_a_killed_parent():
    program = textwrap.dedent("""
        import os, signal, time
        from pipeline.isolation import IsolatedPool, WorkerLimits
        pool = IsolatedPool(1, WorkerLimits(600_000_000))
        print(pool.submit(30, os.getpid).result(), flush=True)
        pool.submit(60, time.sleep, 60)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    worker = int(ended.stdout)
    try:
        psutil.Process(worker).wait(timeout=10)
    except psutil.NoSuchProcess:
        return


def test_a_program_can_be_tied_to_its_parent():
    starter = textwrap.dedent("""
        import os, signal, subprocess, sys
        command = [sys.executable, "-m", "pipeline.isolation.parent", "sleep", "600"]
        print(subprocess.Popen(command).pid, flush=True)
        sys.stdin.read()
    """)
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", starter]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as parent:
        assert parent.stdout is not None
        tied = psutil.Process(int(parent.stdout.readline()))
        while tied.name() != "sleep":
            pass
        parent.kill()
    tied.wait(timeout=10)
