"""The offices of a synthetic archive and their registers of letter numbers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pipeline.thai import agencies, departments

_PROVINCE_DIGITS = (
    "0017.1", "0017.2", "0017.3", "0018.1", "0018.2", "0019", "0020", "0021", "0023.1", "0023.2", "0023.3",
    "0023.4", "0023.5", "0023.6", "0030", "0032", "0033", "0034",
)  # fmt: skip
_DISTRICTS, _DIVISIONS = 9, 8


@dataclass(frozen=True, slots=True)
class Register:
    """A register of one office: of circulars, or of all its other letters. ``yearly`` numbers a year."""

    code: str
    circular: bool
    office: str
    yearly: int


def registers(chance: Random) -> tuple[list[Register], list[float]]:
    """All registers, and how likely a letter is to come from each: few busy ones, many quiet ones."""
    offices = [*_province_offices(), *_department_offices()]
    found = []
    for code, office in offices:
        for circular in (False, True):
            yearly = int(min(20_000, max(40, chance.lognormvariate(6.8, 1.1))))
            found.append(Register(code, circular, office, yearly))
    return found, [register.yearly**0.8 for register in found]


def _province_offices() -> list[tuple[str, str]]:
    found = []
    for agency in agencies():
        if agency.kind == "province":
            found += [(f"{agency.letters} {digits}", agency.name) for digits in _PROVINCE_DIGITS]
            name = agency.name.removeprefix("จังหวัด")
            found += [(f"{agency.letters} {d:02}18", f"อำเภอที่ {d} {name}") for d in range(1, _DISTRICTS + 1)]
    return found


def _department_offices() -> list[tuple[str, str]]:
    found = []
    for department in departments():
        for division in range(1, _DIVISIONS + 1):
            found.append((f"{department.letters} {department.code}{division:02}", department.name))
            found += [
                (f"{department.letters} {department.code}{division:02}.{d}", department.name)
                for d in (1, 2, 3)
            ]
    return found
