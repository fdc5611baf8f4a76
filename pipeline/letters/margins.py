"""Where the rows of a letter's head and body begin, and how a body opens."""

from __future__ import annotations

import re

from pipeline.letters.rows import Row
from pipeline.letters.sheets import Sheet
from pipeline.model import Ink

BODY_OPENING = re.compile(
    r"^(?:ตาม(?!เอกสาร|บัญชี|รายการ|รายละเอียด|ลำดับ)|ด้วย|เนื่อง|พร้อม(?:หนังสือ|กัน)?นี้|อนุสนธิ|สืบเนื่อง|โดยที่|ในการนี้|บัดนี้|อาศัย"
    r"|ในคราว|เมื่อวันที่|ขอเรียน|ขอส่ง|ขอแจ้ง|ปรากฏ|จากการ|ปัจจุบัน|นับแต่|ในโอกาส"
    r"|(?:กรม|กระทรวง|สำนักงาน|จังหวัด|อำเภอ|เทศบาล|มหาวิทยาลัย|คณะ|ข้าพเจ้า)\S{0,60}\s?(?:ได้|ขอ|มีความ|จึง|จะ|กำหนด))"
)
"""How the body of a letter opens: ``ตามหนังสือที่อ้างถึง``, ``ด้วยกรมส่งเสริมการปกครองท้องถิ่น``."""

RIGHT_MARGIN = 0.7
"""No line of a head or of a body begins right of this share of the width."""


def at_margin(row: Row, left: float) -> bool:
    """Whether a row begins at the left margin of the head."""
    return row.left < left + 1.5 * row.height


def is_stray(row: Row, left: float, sheet: Sheet) -> bool:
    """A mark in the margin, a stroke, a piece of a stamp: very short, or short and far right or in pen."""
    letters = row.text.replace(" ", "")
    if not sheet.placed or len(letters) <= 2:
        return len(letters) <= 2
    if row.box.x1 < left:
        return True
    beside = row.box.x0 > RIGHT_MARGIN * sheet.width
    return (beside and len(letters) < 30) or (row.line.ink is Ink.PEN and len(letters) < 12)
