"""Agencies, offices, set phrases, and the tables themselves."""

from collections import Counter
from importlib.resources import files

import pytest

from pipeline.thai import (
    agencies,
    agency_of,
    canonical_office,
    department_of,
    departments,
    find_secrecy,
    find_urgency,
    office_of,
    province_names,
    terms,
)
from pipeline.thai.tables import read_table

KRABI = "จังหวัดกระบี่"
NACC = "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ"
LOCAL = "กรมส่งเสริมการปกครองท้องถิ่น"


def test_agency_letters_are_unique_and_every_department_has_its_ministry() -> None:
    counts = Counter(agency.letters for agency in agencies())
    assert [letters for letters, count in counts.items() if count > 1] == []
    assert {department.letters for department in departments()} <= set(counts)
    codes = Counter((department.letters, department.code) for department in departments())
    assert max(codes.values()) == 1


def test_all_provinces_are_there_with_two_letters_each() -> None:
    assert len(set(province_names())) == 77
    assert all(len(row["letters"]) == 2 for row in read_table("provinces"))


def test_every_table_and_its_licence_are_named_in_the_readme() -> None:
    folder = files("pipeline.thai") / "data"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    names = {entry.name for entry in folder.iterdir()} - {"README.md"}
    assert {name for name in names if f"`{name}`" not in readme} == set()
    assert "MIT License" in (folder / "provinces-LICENSE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("letters", "name"),
    [("มท", "กระทรวงมหาดไทย"), ("กบ", KRABI), ("ปช", NACC), ("ป.ช.", NACC), ("กท", "กรุงเทพมหานคร")],
)
def test_agency_letters_name_a_body(letters: str, name: str) -> None:
    agency = agency_of(letters)
    assert agency is not None
    assert agency.name == name


@pytest.mark.parametrize(
    ("letters", "digits", "name"),
    [
        ("มท", "0810.3", LOCAL),
        ("มท", "๐๗๑๐", "กรมโยธาธิการและผังเมือง"),
        ("กค", "0405.2", "กรมบัญชีกลาง"),
        ("นร", "0505", "สำนักเลขาธิการคณะรัฐมนตรี"),
        ("นร", "1004", "สำนักงานคณะกรรมการข้าราชการพลเรือน"),
    ],
)
def test_digits_name_a_department(letters: str, digits: str, name: str) -> None:
    department = department_of(letters, digits)
    assert department is not None
    assert department.name == name


@pytest.mark.parametrize(
    ("letters", "digits"), [("กบ", "0023.4"), ("ศธ", "04001"), ("มท", "9910"), ("มท", "")]
)
def test_unknown_digits_name_none(letters: str, digits: str) -> None:
    assert department_of(letters, digits) is None


@pytest.mark.parametrize(
    ("printed", "office"),
    [
        ("จังหวัดกระบี่", KRABI),
        ("ศาลากลางจังหวัดกระบี่", KRABI),
        ("ผู้ว่าราชการจังหวัดกระบี่", KRABI),
        ("ผู้ว่าราชการจังหวัด กระบี่", KRABI),
        ("จ.กระบี่", KRABI),
        ("ที่ว่าการอำเภอคลองท่อม", "อำเภอคลองท่อม"),
        ("นายอำเภอคลองท่อม", "อำเภอคลองท่อม"),
        ("สำนักงาน ป.ป.ช.", NACC),
        ("สํานักงานป.ป.ช.", NACC),
        ("เลขาธิการคณะกรรมการ ป.ป.ช.", NACC),
        ("สถ.", LOCAL),
        ("อธิบดีกรมส่งเสริมการปกครองท้องถิ่น", LOCAL),
        ("อบต.คลองท่อมใต้", "องค์การบริหารส่วนตำบลคลองท่อมใต้"),
        ("นายกองค์การบริหารส่วนจังหวัดกระบี่", "องค์การบริหารส่วนจังหวัดกระบี่"),
        ("ผู้อำนวยการโรงพยาบาลพิชัย", "โรงพยาบาลพิชัย"),
        ("รพ.สต.บ้านนา", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านนา"),
        ("สำนักงาน ก.ท.", "สำนักงานคณะกรรมการกลางพนักงานเทศบาล"),
        ("ท้องถิ่นจังหวัดกระบี่", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดกระบี่"),
        # these are other offices, not the province
        ("สำนักงานจังหวัดกระบี่", "สำนักงานจังหวัดกระบี่"),
        ("อ.ก.พ. กระทรวง", "อ.ก.พ. กระทรวง"),
        # addresses of many are no office
        ("ผู้ว่าราชการจังหวัดทุกจังหวัด", "ผู้ว่าราชการจังหวัดทุกจังหวัด"),
        ("นายอำเภอ ทุกอำเภอ", "นายอำเภอ ทุกอำเภอ"),
        ("นายอำเภอ", "นายอำเภอ"),
    ],
)
def test_one_name_for_an_office(printed: str, office: str) -> None:
    assert canonical_office(printed) == office
    assert canonical_office(office) == office


def test_every_alias_leads_to_its_body() -> None:
    bodies = [(agency.name, agency.aliases) for agency in agencies()]
    bodies += [(department.name, department.aliases) for department in departments()]
    for name, aliases in bodies:
        assert {canonical_office(alias) for alias in (name, *aliases)} == {name}


@pytest.mark.parametrize("term", terms("urgency"))
def test_urgency_is_found_spaced_out_and_in_a_line(term: str) -> None:
    for printed in (term, " ".join(term), f"ที่ {term} ๑"):
        found = find_urgency(printed)
        assert found is not None
        assert (found.term, found.exact) == (term, True)
        assert found.raw == printed[found.start : found.end]


@pytest.mark.parametrize("printed", ["ดวนที่สุด", "ด่วนทีสุด", "ด่วนที่สด"])
def test_a_slip_in_the_urgency_is_told(printed: str) -> None:
    found = find_urgency(printed)
    assert found is not None
    assert (found.term, found.exact) == ("ด่วนที่สุด", False)


@pytest.mark.parametrize("text", ["เรื่องเร่งด่วน", "ทางด่วนพิเศษ", "สายด่วน ๑๖๖๙", ""])
def test_other_words_are_no_urgency(text: str) -> None:
    assert find_urgency(text) is None


def test_secrecy_stands_alone() -> None:
    found = find_secrecy("ลับที่สุด")
    assert found is not None
    assert found.term == "ลับที่สุด"
    assert find_secrecy("กลับไป สลับกัน") is None


@pytest.mark.parametrize(
    "office", ["บริษัท โทรคมนาคมแห่งชาติ จำกัด (มหาชน)", "กรมไปรษณีย์โทรเลข", "กองสื่อสารโทรคมนาคม"]
)
@pytest.mark.parametrize("telephone", ["", " โทร. ๐ ๒๑๔๑", " โทรศัพท์ ๐ ๒๑๔๑", " โทร/โทรสาร ๐ ๗๕๖๑", " โทร"])
def test_an_office_keeps_the_telephone_in_its_name(office: str, telephone: str) -> None:
    assert office_of(office + telephone)[0] == office


def test_a_committee_in_brackets_is_not_the_department() -> None:
    department = department_of("กค (กวจ)", "0405.2")
    assert department is not None
    assert department == department_of("กค", "0405.2")
