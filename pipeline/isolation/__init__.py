"""Running functions in worker processes that may hang, crash or eat memory without harm to us."""

from pipeline.isolation.parent import die_with_parent
from pipeline.isolation.pool import IsolatedPool, WorkerDiedError, WorkerLimits, WorkerTimeoutError

__all__ = ["IsolatedPool", "WorkerDiedError", "WorkerLimits", "WorkerTimeoutError", "die_with_parent"]
