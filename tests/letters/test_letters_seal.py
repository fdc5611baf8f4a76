"""The office that a letter under a seal speaks of, where the seal itself can't be read."""

import pytest

from pipeline.letters.seal import SPEAKING_OFFICE


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("พร้อมนี้ สำนักงาน ก.ท.ขอส่งหนังสือ ที่ มท ๐๘๐๙.๒/๓๗๐๕", "สำนักงาน ก.ท."),
        ("พร้อมนี้ กรมอนามัยขอส่งสำเนาหนังสือ", "กรมอนามัย"),
        ("กรมโยธาธิการและผังเมือง จึงขอแจ้งให้ทราบ", "กรมโยธาธิการและผังเมือง"),
        ("ในการนี้ จังหวัดเลยขอส่งสำเนาคำสั่ง", "จังหวัดเลย"),
    ],
)
def test_the_whole_name_of_the_office_is_taken(text: str, office: str):
    found = SPEAKING_OFFICE.search(text)
    assert found is not None
    assert found["office"].strip() == office
