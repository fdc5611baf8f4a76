"""Plan tables (แผนปฏิบัติการ, แผนงบประมาณ): from table grids to typed rows, audited against their own totals."""

from pipeline.plans.audit import audit
from pipeline.plans.carried import with_carried_rows
from pipeline.plans.read import PlanReading, read_plans

__all__ = ["PlanReading", "audit", "read_plans", "with_carried_rows"]
