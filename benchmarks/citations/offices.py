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

    @property
    def agency(self) -> str:
        """The letters of its agency code."""
        return self.code.split()[0]

    @property
    def share(self) -> float:
        """How many letters an archive holds of it, beside others."""
        return float(self.yearly**0.8)


def registers(chance: Random, crowding: int) -> tuple[list[Register], list[float]]:
    """Registers, and how likely a letter is to come from each: few busy ones, many quiet ones.

    Of the provinces and ministries that write all letters but one in ``crowding`` none is among them: what
    is left holds as many letters of each register as an archive that many times as large.
    """
    offices = [*_province_offices(), *_department_offices()]
    found = []
    for code, office in offices:
        for circular in (False, True):
            yearly = int(min(20_000, max(40, chance.lognormvariate(6.8, 1.1))))
            found.append(Register(code, circular, office, yearly))
    agencies = list(dict.fromkeys(register.agency for register in found))
    chance.shuffle(agencies)
    kept: list[Register] = []
    while agencies and _letters(kept) < _letters(found) / crowding:
        agency = agencies.pop()
        kept += [register for register in found if register.agency == agency]
    return kept, [register.share for register in kept]


def _letters(books: list[Register]) -> float:
    return sum(register.share for register in books)


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
