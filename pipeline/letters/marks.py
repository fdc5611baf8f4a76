"""Small marks of a page: the number line, page-turn marks, page numbers."""

from __future__ import annotations

import re

PAGE_TURN = re.compile(r"^[/\\|]\s?[^/]{1,40}?(?:\.\s?){2,}$|^[/\\|]\s?[^/]{1,40}…+$")
"""The first words of the next page, announced at the foot of a page: ``/ สามารถ...``."""

PAGE_NUMBER = re.compile(r"^[-–—~_\s]*(?P<page>[๐-๙0-9]{1,3})[-–—~_\s]*$")
"""A page number alone on its line: ``- ๒ -``."""

NUMBER_ROW = re.compile(
    r"^\W{0,3}(?:ท[ีิืึ]?[่้]?|[ีิืึ][่้]?)[\s.:\"'“”‘’]*"
    r"(?P<number>(?:[ก-ฮ][่-์]?\s?){1,4}\.?\s?(?:\([ก-ฮ. ]+\)\s?)?[๐-๙0-9OoIl][๐-๙0-9.\s]*/?.*)$"
)
"""The number line of a letterhead: ``ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗``; a part of ที่ may be lost: ``ี่ มท ๐๘๑๐.๓``."""
