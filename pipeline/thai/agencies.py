"""Who writes letters: agency letters (รหัสตัวพยัญชนะ), departments, provinces, names of offices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from pipeline.thai.digits import ANY_DIGIT, to_arabic
from pipeline.thai.repair import repair, squeeze
from pipeline.thai.tables import read_table, split_list


@dataclass(frozen=True, slots=True)
class Agency:
    """The body that owns agency letters.

    ``kind`` is ministry, former_ministry, independent, court, parliament, public_body or province.
    """

    letters: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    """A department (กรม) and the first two agency digits that its ministry gave it."""

    letters: str
    code: str
    name: str
    aliases: tuple[str, ...] = ()


@cache
def agencies() -> tuple[Agency, ...]:
    """Every body with agency letters of its own: ministries, independent bodies, provinces."""
    named = [
        Agency(row["letters"], row["kind"], row["name"], split_list(row["aliases"]))
        for row in read_table("agencies")
    ]
    provinces = [
        Agency(row["letters"], "province", _province_office(row["name"])) for row in read_table("provinces")
    ]
    return (*named, *provinces)


def _province_office(name: str) -> str:
    return name if name == "กรุงเทพมหานคร" else f"จังหวัด{name}"


@cache
def departments() -> tuple[Department, ...]:
    """The departments whose digits are known."""
    return tuple(
        Department(row["letters"], row["code"], row["name"], split_list(row["aliases"]))
        for row in read_table("departments")
    )


@cache
def province_names() -> tuple[str, ...]:
    """The names of the 76 provinces and Bangkok, without จังหวัด."""
    return tuple(row["name"] for row in read_table("provinces"))


@cache
def _agency_by_letters() -> dict[str, Agency]:
    return {agency.letters: agency for agency in agencies()}


def agency_of(letters: str) -> Agency | None:
    """The body whose agency letters these are, or None; dots, spaces and a committee in brackets are ignored.

    >>> agency_of("กบ").name, agency_of("ปช").kind, agency_of("กค (กวจ)").name
    ('จังหวัดกระบี่', 'independent', 'กระทรวงการคลัง')
    >>> agency_of("ฮฮ") is None
    True
    """
    return _agency_by_letters().get(_without_committee(letters))


def _without_committee(letters: str) -> str:
    """Agency letters alone: "กค" of "กค (กวจ)", "ปช" of "ป.ช."."""
    return str(regex.sub(r"\(.*?\)|[\s.]", "", letters))


def department_of(letters: str, digits: str) -> Department | None:
    """The department that these agency letters and digits stand for, or None where it is not known.

    As in :func:`agency_of`, dots, spaces and a committee in brackets are ignored.

    >>> department_of("มท", "๐๘๑๐.๓").name
    'กรมส่งเสริมการปกครองท้องถิ่น'
    >>> department_of("กบ", "0023.4") is None
    True
    """
    code = to_arabic(digits).replace(" ", "")
    if not regex.match(r"[0-9]{4}(?![0-9])", code):
        return None
    bare = _without_committee(letters)
    return next((d for d in departments() if d.letters == bare and d.code == code[:2]), None)


@cache
def _name_by_alias() -> dict[str, str]:
    bodies = [(agency.name, agency.aliases) for agency in agencies()]
    bodies += [(department.name, department.aliases) for department in departments()]
    bodies += [(row["name"], split_list(row["aliases"])) for row in read_table("offices")]
    return {squeeze(alias): name for name, aliases in bodies for alias in (name, *aliases)}


@cache
def _forms() -> tuple[tuple[regex.Pattern[str], str, bool], ...]:
    """(prefix with any spacing, canonical prefix, whether the prefix is an abbreviation), longest first."""
    rows = sorted(read_table("office_forms"), key=lambda row: len(row["prefix"]), reverse=True)
    return tuple(
        (
            regex.compile(r"\s?".join(map(regex.escape, row["prefix"]))),
            row["canonical"],
            row["prefix"].endswith("."),
        )
        for row in rows
    )


@cache
def office_names() -> tuple[str, ...]:
    """Every name in the tables by which an office is called: of agencies, departments and other offices.

    >>> "กรมที่ดิน" in office_names(), "สำนักงาน ก.พ." in office_names()
    (True, True)
    """
    names = [name for agency in agencies() for name in (agency.name, *agency.aliases)]
    names += [name for department in departments() for name in (department.name, *department.aliases)]
    names += [name for row in read_table("offices") for name in (row["name"], *split_list(row["aliases"]))]
    return tuple(dict.fromkeys(names))


# The telephone number at the end of a memo's ส่วนราชการ: "กองคลัง โทร. ๑๒๓๔", "กองช่าง โทร/โทรสาร ๐"; not the
# โทร of "กองสื่อสารโทรคมนาคม"
_TELEPHONE = regex.compile(
    rf"\s*โทร(?:ศัพท์|สาร)?(?:\s?/\s?โทร(?:ศัพท์|สาร)?)?\s*(?:[.:]|(?=[(\s]*{ANY_DIGIT})|$).*$", regex.DOTALL
)


def office_of(sender: str) -> tuple[str, bool]:
    """The one name of the office that a letter prints as its sender, and whether it is a known one.

    A telephone number behind it, as in memos, is left out.

    >>> office_of("ศาลากลางจังหวัดกระบี่"), office_of("กองคลัง โทร. ๑๒๓๔")
    (('จังหวัดกระบี่', True), ('กองคลัง', False))
    >>> office_of("กองสื่อสารโทรคมนาคม โทรศัพท์ ๐ ๒๑๔๑")
    ('กองสื่อสารโทรคมนาคม', False)
    """
    printed = _TELEPHONE.sub("", sender)
    name = canonical_office(printed)
    agency_names = {squeeze(agency.name) for agency in agencies()}
    return name, squeeze(name) in agency_names or squeeze(name) != squeeze(printed)


# What makes an address of many: "ผู้ว่าราชการจังหวัดทุกจังหวัด", "นายอำเภอ ทุกอำเภอ"
_MANY = regex.compile(r"\s*(?:ทุก|ทั้ง|ต่าง|ใน|$)")


def canonical_office(text: str) -> str:
    """One name for an office, whichever of its names ``text`` is: building, head, short form or body.

    What is in no table comes back as it is (repaired, single spaces). An address of many offices
    (``ผู้ว่าราชการจังหวัดทุกจังหวัด``) is no office and stays.

    >>> canonical_office("ศาลากลางจังหวัดกระบี่"), canonical_office("ผู้ว่าราชการจังหวัดกระบี่")
    ('จังหวัดกระบี่', 'จังหวัดกระบี่')
    >>> canonical_office("ที่ว่าการอำเภอคลองท่อม"), canonical_office("สถ.")
    ('อำเภอคลองท่อม', 'กรมส่งเสริมการปกครองท้องถิ่น')
    >>> canonical_office("สำนักงาน ป.ป.ช.")
    'สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ'
    >>> canonical_office("ผู้ว่าราชการจังหวัดทุกจังหวัด")
    'ผู้ว่าราชการจังหวัดทุกจังหวัด'
    """
    name = regex.sub(r"\s+", " ", repair(text)).strip()
    name = _with_canonical_prefix(name)
    return _name_by_alias().get(squeeze(name), name)


def names_of_office(office: str) -> tuple[str, ...]:
    """The names by which an office goes, of which ``office`` is the one (see :func:`canonical_office`).

    >>> names_of_office("อำเภอคลองท่อม")
    ('อำเภอคลองท่อม', 'ที่ว่าการอำเภอคลองท่อม', 'นายอำเภอคลองท่อม', 'อ.คลองท่อม')
    """
    forms = [(row["prefix"], row["canonical"]) for row in read_table("office_forms")]
    return office, *(prefix + office.removeprefix(c) for prefix, c in forms if office.startswith(c))


def _with_canonical_prefix(name: str) -> str:
    for prefix, canonical, is_abbreviation in _forms():
        match = prefix.match(name)
        if match is None or _MANY.match(name, match.end()):
            continue
        rest = name[match.end() :].lstrip()
        if not (is_abbreviation and "." in rest):  # "อ.ก.พ." is a committee, not a district
            return canonical + rest
    return name
