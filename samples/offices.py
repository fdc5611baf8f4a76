"""Offices that write to one another: district ← province ← department ← agency."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samples.content import NumberParts
from samples.vocabulary import table


@dataclass(frozen=True, slots=True)
class Office:
    """An office as its letters show it. ``cited_as`` is what others call it (จังหวัดกระบี่),
    ``recipients`` are ways in which letters from above address it, ``unit`` its section."""

    head: tuple[str, ...]
    address: tuple[str, ...]
    cited_as: str
    letters: str
    digits: str
    circular: bool
    padding: int
    positions: tuple[tuple[str, ...], ...]
    unit: tuple[str, ...]
    registry: str
    recipients: tuple[str, ...]

    def number(self, chance: random.Random) -> NumberParts:
        """A number from this office's register."""
        running = chance.randint(1, 399) if self.padding else int(10 ** chance.uniform(0.7, 4.1))
        circular = self.circular and chance.random() < 0.9
        return NumberParts(self.letters, self.digits, running, circular, self.padding)


def _phone(area: str, chance: random.Random) -> str:
    number = "".join(chance.choice("๐๑๒๓๔๕๖๗๘๙") for _ in range(4))
    return chance.choice(
        (f"โทร. {area} {number}", f"โทร./โทรสาร {area} {number}", f"โทรศัพท์ {area.replace(' ', '-')}-{number}")
    )


def district_office(province: dict[str, Any], chance: random.Random) -> Office:
    """ที่ว่าการอำเภอ."""
    district = chance.choice(province["districts"])
    section = chance.choice(("สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ", "ที่ทำการปกครองอำเภอ กลุ่มงานบริหารงานปกครอง"))
    digits = chance.choice(
        (f"0023.{chance.randint(4, 19)}", f"{chance.randint(1, 22):02d}18.{chance.randint(1, 4)}")
    )
    deputy = chance.choice(table("phrases")["deputy_district_officers"])
    road = chance.choice(table("phrases")["district_roads"])
    post = f"{province['post'][:2]}๑{chance.choice('๑๒๓๔')}๐"
    return Office(
        head=(f"ที่ว่าการอำเภอ{district}",),
        address=(f"{road} {province['code']} {post}",),
        cited_as=f"อำเภอ{district}",
        letters=province["code"],
        digits=digits,
        circular=True,
        padding=0,
        positions=((f"นายอำเภอ{district}",), (deputy, f"นายอำเภอ{district}")),
        unit=(section, _phone(province["area"], chance)),
        registry=f"อำเภอ{district}",
        recipients=("นายอำเภอทุกอำเภอ", "นายอำเภอ ทุกอำเภอ และนายกเทศมนตรีเมืองทุกแห่ง", f"นายอำเภอ{district}"),
    )


def local_office(province: dict[str, Any], chance: random.Random) -> Office:
    """An office outside the ministry's chain: an อบต., a เทศบาล, a hospital, a faculty."""
    entry = chance.choice(table("local_offices"))
    town, district = chance.choice(province["towns"]), chance.choice(province["districts"])
    words = {"town": town, "district": district, "name": province["name"], "code": province["code"]}
    chief, cited = entry["chief"].format(**words), entry["cited"].format(**words)
    return Office(
        head=tuple(line.format(**words) for line in entry["head"]),
        address=(f"อำเภอ{district} จังหวัด{province['name']}", province["post"]),
        cited_as=cited,
        letters=entry["letters"].format(**words),
        digits=chance.choice(entry["digits"]),
        circular=chance.random() < 0.3,
        padding=chance.choice((0, 0, 4)),
        positions=((chief,),),
        unit=(chance.choice(("สำนักปลัด", "กลุ่มงานบริหารทั่วไป", "งานธุรการ")), _phone(province["area"], chance)),
        registry=cited,
        recipients=(chief,),
    )


def province_office(province: dict[str, Any], chance: random.Random) -> Office:
    """ศาลากลางจังหวัด."""
    name = province["name"]
    head = f"ผู้ว่าราชการจังหวัด{name}"
    section = chance.choice(
        (
            ("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "กลุ่มงานกฎหมาย ระเบียบ และเรื่องร้องทุกข์"),
            ("สำนักงานจังหวัด", "กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด"),
            ("สำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัด",),
        )
    )
    return Office(
        head=(f"ศาลากลางจังหวัด{name}",),
        address=(f"{province['road']} {province['code']} {province['post']}",),
        cited_as=f"จังหวัด{name}",
        letters=province["code"],
        digits=chance.choice(("0023.4", "0023.3", "0017.1", "0017.2", "0021", "0032.5")),
        circular=True,
        padding=0,
        positions=(
            (f"รองผู้ว่าราชการจังหวัด{name} ปฏิบัติราชการแทน", head),
            ("ปลัดจังหวัด ปฏิบัติราชการแทน", head),
            (f"ท้องถิ่นจังหวัด{name} ปฏิบัติราชการแทน", head),
            (head,),
        ),
        unit=(*section, _phone(province["area"], chance)),
        registry=chance.choice((f"ศาลากลางจังหวัด{name}", f"สำนักงานท้องถิ่นจังหวัด{name}", f"จังหวัด{name}")),
        recipients=("ผู้ว่าราชการจังหวัดทุกจังหวัด", "ผู้ว่าราชการจังหวัด ทุกจังหวัด", head),
    )


def _one_of(name: str, allowed: Sequence[str], chance: random.Random) -> Any:
    return chance.choice([entry for entry in table(name) if entry["name"] in allowed])


def department_office(allowed: Sequence[str], chance: random.Random) -> Office:
    """One of the departments in Bangkok that are named in ``allowed``."""
    entry = _one_of("departments", allowed, chance)
    return Office(
        head=(entry["name"],),
        address=(entry["address"],),
        cited_as=entry["name"],
        letters=entry["letters"],
        digits=chance.choice(entry["digits"]),
        circular=True,
        padding=0,
        positions=(("รองอธิบดี ปฏิบัติราชการแทน", entry["head"]), (entry["head"],)),
        unit=(entry["unit"], _phone("๐ ๒๒๔๑", chance), "ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th"),
        registry=entry["name"],
        recipients=(entry["head"],),
    )


def agency_office(allowed: Sequence[str], chance: random.Random) -> Office:
    """One of the agencies over the departments that are named in ``allowed``."""
    entry = _one_of("agencies", allowed, chance)
    return Office(
        head=(entry["name"],),
        address=tuple(entry["address"]),
        cited_as=entry["name"],
        letters=entry["letters"],
        digits=chance.choice(entry["digits"]),
        circular=entry["circular"],
        padding=entry["padding"],
        positions=((f"รอง{entry['head']} ปฏิบัติราชการแทน", entry["head"]), (entry["head"],)),
        unit=(entry["unit"], _phone("๐ ๒๕๒๘", chance)),
        registry=entry["name"],
        recipients=(entry["head"],),
    )
