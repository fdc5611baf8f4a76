"""Small marks of a page: the number line, page-turn marks, page numbers."""

from __future__ import annotations

import re

PAGE_TURN = re.compile(r"^[/\\|]\s?[^/]{1,40}?(?:\.\s?){2,}$|^[/\\|]\s?[^/]{1,40}…+$")
"""The first words of the next page, announced at the foot of a page: ``/ สามารถ...``."""

PAGE_NUMBER = re.compile(r"^[-–—~_\s]*(?P<page>[๐-๙0-9]{1,3})[-–—~_\s]*$")
"""A page number alone on its line: ``- ๒ -``."""

NUMBER_ROW = re.compile(
    r"^(?:\W{0,3}|[^\sก-ฮ]\s+|(?:ด่วน|ลับ)\S{0,7}\s+)(?:ท[ีิืึ]?[่้]?|[ีิืึ][่้]?)[\s.:\"'“”‘’]*"
    r"(?P<number>(?=[A-Za-z]?[ก-ฮ])(?:[ก-ฮA-Za-z][ุ-ฺ่-์]?\s?){1,4}[.\"'“”‘’]?\s?"
    r"(?:\([ก-ฮ. ]+\)\s?)?[๐-๙0-9OoIl][๐-๙0-9.\s]*/?.*)$"
)
"""The number line of a letterhead: ``ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗``; a part of ที่ may be lost: ``ี่ มท ๐๘๑๐.๓``, and
a letter of the agency misread: ``จU ๐๐๑๗.๒``, or its foot for a vowel: ``สกู ๐๖๑๘.๑`` of สฎ. A speck may stand
before it, or the urgency: ``๕ ที่ นร ๐๑๐๔``, ``ด่วนที่สุด ที่ มท ๐๓๐๙``."""

NUMBER_LABEL = re.compile(r"^ที่\s+(?P<letters>[ก-ฮ]{2,4})(?![ก-๎])")
"""The number line's beginning, where an urgency or a stamp lies over the digits: ``ที่ ศย สด่วนที่สุด๔``."""
