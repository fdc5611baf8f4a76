"""What holds for any pages at all, however badly they were read."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.model import DocumentKind

WORDS = (
    "ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗",
    "ที่",
    "เรื่อง",
    "เรื่อง ขอ",
    "เรียน นายอำเภอ",
    "ถึง จังหวัด",
    "อ้างถึง ๑. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/ว ๑",
    "สิ่งที่ส่งมาด้วย ประกาศ",
    "๗ ธันวาคม ๒๕๖๔",
    "๑) ธันวาคม ๒๕๖๔",
    "กรมที่ดิน",
    "ถนนพระรามที่ ๖",
    "ส่วนราชการ กองคลัง",
    "บันทึกข้อความ",
    "ประกาศกรมที่ดิน",
    "คำสั่ง",
    "มติการประชุม",
    "เลขรับ ๕",
    "วันที่ ๗ ธ.ค. ๖๔",
    "เวลา ๑๐.๐๐ น.",
    "ขอแสดงความนับถือ",
    "(นายก ข)",
    "/ ๒. ...",
    "- ๒ -",
    "ด่วนที่สุด",
    "โทร. ๐ ๒๒๔๑ ๙๐๐๐",
)

texts = st.one_of(
    st.sampled_from(WORDS), st.text(alphabet="กขคงเแ่้ิ์๐๑๒๙ .,/()-0129ABz", min_size=1, max_size=30)
)
lines = st.lists(st.tuples(st.integers(0, 1100), st.integers(0, 1700), texts, st.floats(0, 1)), max_size=14)
shapes = st.sampled_from(("receive_box", "seal", "signature", "other"))
stamps = st.lists(st.tuples(shapes, lines), max_size=2)
engines = st.sampled_from(("saraban", "transcript"))
pages = st.lists(st.tuples(lines, stamps, engines), min_size=1, max_size=4)


def built(number: int, held: tuple[Any, Any, str]) -> Any:
    loose, marks, engine = held
    ordered = sorted(loose, key=lambda line: (line[1], line[0]))
    stamp_list = [
        {"shape": s, "box": [0, 0, 1200, 1700], "lines": [list(line) for line in own]} for s, own in marks
    ]
    return page_of(
        number, {"lines": [list(line) for line in ordered], "stamps": stamp_list, "engine": engine}
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages)
def test_every_page_is_in_a_document_and_values_are_in_range(held: list[Any]) -> None:
    read = [built(number, page) for number, page in enumerate(held, start=1)]
    documents = read_documents(read)
    covered = {n for document in documents for n in range(document.first_page, document.last_page + 1)}
    assert covered == set(range(1, len(read) + 1))
    assert [document.ordinal for document in documents] == list(range(1, len(documents) + 1))
    for document in documents:
        assert 0.0 <= document.confidence <= 1.0
        assert all(0.0 <= evidence.confidence <= 1.0 for evidence in document.evidence)
        has_letter = document.kind in (DocumentKind.LETTER, DocumentKind.MEMO, DocumentKind.ANNOUNCEMENT)
        assert (document.letter is not None) == has_letter
        if document.letter and (document.letter.number is None or document.letter.date is None):
            assert document.letter.needs_review or document.letter.form == "announcement"
