"""The checking page: what it shows, what a correction does, and what it does not let through."""

from __future__ import annotations

import io
import json
import re
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from pipeline.catalog import Catalog, RunLock, RunSummary, keep_run, last_run
from pipeline.checking import serving
from pipeline.checking.archive import CheckedArchive
from pipeline.checking.grammar import LONGEST, normalised
from pipeline.errors import InvalidValueError, UsageError
from pipeline.model import (
    AuditStatus,
    Box,
    Document,
    DocumentKind,
    Evidence,
    FileResult,
    Issue,
    Plan,
    PlanItem,
    Rule,
    Step,
)
from pipeline.words import rules_in_words, words_of

Say = Callable[..., httpx.Response]


def letter_of(catalog: Catalog, document_id: str) -> Any:
    record = catalog.document_record(document_id)
    assert record is not None
    return record.letter


# ---------------------------------------------------------------------- what is shown


def test_the_work_list_has_what_is_left(browser: Any, ids: tuple[str, str]) -> None:
    shown = browser.get("/").text
    assert "เหลือ <b>1</b> ฉบับที่ต้องตรวจ" in shown
    assert f"/documents/{ids[1]}" in shown
    assert f"/documents/{ids[0]}" not in shown
    assert "เลขที่หนังสือไม่แน่ใจ (1)" in shown


def test_the_work_list_is_filtered(browser: Any, catalog: Catalog, ids: tuple[str, str]) -> None:
    file = next(catalog.archived_letters()).place[0]
    assert ids[1] in browser.get(f"/?file={file}&code=number_doubtful").text
    assert ids[1] not in browser.get("/?code=date_missing").text
    assert ids[1] not in browser.get(f"/?file={'0' * 64}").text
    assert ids[1] in browser.get("/?file=../../etc/passwd&code=<script>").text


def test_a_document_shows_every_value_with_its_reasons(browser: Any, ids: tuple[str, str]) -> None:
    shown = browser.get(f"/documents/{ids[1]}").text
    for part in ("ที่อ่านได้", "นน 0023.4/ว 5678", "๑๐ มกราคม ๒๕๖๕", "มั่นใจ 55%", "เลขที่อยู่มุมบนซ้ายตามแบบ",
                 "เป็น “นน 0023.4/ว 99”", "30%", "ไม่มีในหน้ากระดาษ", "ฉบับที่ 1 จากที่เหลือ 1"):  # fmt: skip
        assert part in shown
    shown = browser.get(f"/documents/{ids[0]}").text
    for part in ("อ้างถึง (1)", "ไม่มีในคลัง", "ตราลงรับ (1)", "10:30", "ฉบับนี้ไม่มีอะไรค้าง"):
        assert part in shown
    assert "<b>แฟ้ม" not in shown
    assert "&lt;b&gt;แฟ้ม.png" in shown


def test_pictures_are_upright_as_boxes_were_measured(browser: Any, catalog: Catalog) -> None:
    file = next(catalog.archived_letters()).place[0]
    page = np.asarray(Image.open(io.BytesIO(browser.get(f"/pages/{file}/1").content)).convert("L"))
    assert page.shape == (900, 640)
    assert page[62:88, 42:238].max() < 60
    assert page[300:, 300:].min() > 200
    answer = browser.get(f"/pages/{file}/1?box=40,60,240,90")
    assert answer.headers["content-type"] == "image/jpeg"
    crop = np.asarray(Image.open(io.BytesIO(answer.content)).convert("L"))
    assert (crop < 60).mean() > 0.3


def test_a_scan_that_is_gone_or_another_is_said_and_hinders_nothing(
    browser: Any, catalog: Catalog, scan: Path, ids: tuple[str, str], say: Say
) -> None:
    file = next(catalog.archived_letters()).place[0]
    scan.write_bytes(b"something else")
    assert "ไม่พบไฟล์สแกน" in browser.get(f"/documents/{ids[1]}").text
    assert browser.get(f"/pages/{file}/1").status_code == 404
    scan.unlink()
    assert "ไม่พบไฟล์สแกน" in browser.get(f"/documents/{ids[1]}").text
    assert say(ids[1], "number", "confirmed").status_code == 303
    assert letter_of(catalog, ids[1])["needs_review"] == 0


def test_a_transcript_is_shown_as_text(
    browser: Any, catalog: Catalog, ids: tuple[str, str], result: FileResult
) -> None:
    pages = tuple(replace(page, text="เรื่อง <การสำรวจ>") for page in result.pages)
    catalog.store(replace(result, media_type="text/plain", pages=pages), "2", "model")
    shown = browser.get(f"/documents/{ids[1]}").text
    assert "เรื่อง &lt;การสำรวจ&gt;" in shown
    assert "<image" not in shown
    assert "<img" not in shown
    assert browser.get(f"/pages/{result.sha256}/2").status_code == 404


@pytest.fixture
def plan_id(catalog: Catalog, result: FileResult) -> str:
    """The id of a plan of two rows, the second of which has a doubtful budget."""
    items = tuple(
        PlanItem(row, f"โครงการที่ {row}", "โครงการ", 1, budget=1000.0 * row, q1=row == 1, confidence=sure,
                 box=Box(10, 100 * row, 600, 100 * row + 60), needs_review=sure < 0.95)
        for row, sure in ((1, 0.99), (2, 0.5))
    )  # fmt: skip
    others = (("2500.00", 0.4), ("2000.0", 0.1))
    evidence = tuple(
        Evidence(f"plan[0].items[{item.item_no}].{name}", str(value), "", 1, item.box, sure,
                 (Step(Rule.COLUMN_BY_HEADER),), others if name == "budget" else ())
        for item in items
        for name, value, sure in (
            ("title", item.title, 0.999), ("budget", item.budget, item.confidence), ("q1", item.q1, 0.99),
        )
    )  # fmt: skip
    plan = Plan("แผน", "เทศบาล", items, AuditStatus.NO_TOTALS)
    issue = Issue("plan_item_doubtful", "item 2", page=1)
    document = Document(
        1, 1, 1, DocumentKind.PLAN, "แผน", 0.9, plans=(plan,), evidence=evidence, issues=(issue,)
    )
    catalog.store(replace(result, documents=(document,)), "2", "model")
    return f"{str(result.sha256)[:16]}-0001-p01"


def test_a_plan_shows_its_doubtful_rows_and_a_line_for_each_other(browser: Any, plan_id: str) -> None:
    shown = browser.get(f"/documents/{plan_id[:21]}").text
    assert 'class="closed"><a href=' in shown
    assert f'id="{plan_id}-001.budget"' not in shown
    assert f'id="{plan_id}-002.budget"' in shown
    assert "เป็น “2,500.00”" in shown
    assert "เป็น “2,000.00”" not in shown
    assert 'value="2,000.00"' in shown
    opened = browser.get(f"/documents/{plan_id[:21]}?at={plan_id}-001.title").text
    assert f'id="{plan_id}-001.budget"' in opened


def test_a_plan_is_corrected_by_cell_and_confirmed_as_a_whole(
    browser: Any, catalog: Catalog, plan_id: str, say: Say
) -> None:
    say(f"{plan_id}-002", "budget", "corrected", "๒,๕๐๐")
    say(f"{plan_id}-002", "q1", "corrected", "True")
    assert say(plan_id, "*", "confirmed").status_code == 303
    record = catalog.document_record(plan_id[:21])
    assert record is not None
    assert [(item["budget"], item["q1"]) for item in record.items] == [(1000.0, 1), (2500.0, 1)]
    assert [item["confidence"] for item in record.items] == [1.0, 1.0]
    assert record.issues == ()
    assert "เหลือ <b>0</b>" in browser.get("/").text


# ---------------------------------------------------------------------- corrections


def test_a_correction_reaches_catalog_verdicts_datasets_graph_and_report(
    browser: Any, catalog: Catalog, ids: tuple[str, str], say: Say
) -> None:
    answer = say(ids[1], "number", "corrected", "ที่ นน ๐๐๒๓.๔/ว ๘๗๖๕")
    assert answer.status_code == 303
    assert letter_of(catalog, ids[1])["running_number"] == 8765
    reference_id = f"{ids[0]}-r001"
    say(reference_id, "number", "corrected", "นน 0023.4/ว 8765")
    say(reference_id, "date", "corrected", "๑๐ ม.ค. ๒๕๖๕")
    record = catalog.document_record(ids[0])
    assert record is not None
    assert record.references[0]["target_document_id"] == ids[1]
    folder = catalog.folder
    before = pd.read_csv(folder / "datasets" / "letters.csv")
    assert "นน 0023.4/ว 8765" not in set(before.number)
    assert "ยังไม่เป็นปัจจุบัน" in browser.get("/").text
    assert browser.post("/publication").status_code == 303
    after = pd.read_csv(folder / "datasets" / "letters.csv")
    assert "นน 0023.4/ว 8765" in set(after.number)
    said = pd.read_csv(folder / "datasets" / "corrections.csv")
    assert list(said.made_by) == ["somchai"] * 3
    graph = json.loads((folder / "graph" / "citations.json").read_text(encoding="utf-8"))
    assert "นน 0023.4/ว 8765" in json.dumps(graph, ensure_ascii=False)
    assert (folder / "report.html").exists()
    shown = browser.get("/").text
    assert "ส่งออกเป็นปัจจุบันแล้ว" in shown
    assert "ตรวจเสร็จแล้ว <b>2</b> ฉบับ" in shown


def test_publishing_keeps_what_the_last_run_told(browser: Any, catalog: Catalog) -> None:
    run = RunSummary(
        datetime(2022, 1, 24, 1, 0), 75.0, seen=7, new=6, done=5, partial=0, failed=1, unchanged=1, pages=10,
        exit_code=4, vanished=("raw/หาย.pdf",), hidden=(Path("raw/.\udcff"),),
    )  # fmt: skip
    assert last_run(catalog) is None
    keep_run(catalog, run)
    keep_run(catalog, run)
    assert browser.post("/publication").status_code == 303
    report = (catalog.folder / "report.html").read_text(encoding="utf-8")
    assert all(told in report for told in ("2022-01-24", "exit code 4", "raw/หาย.pdf", r"raw/.\xff"))
    assert "Corrected since" in report


def test_after_a_correction_the_next_doubtful_value_is_shown(browser: Any, ids: tuple[str, str]) -> None:
    fields = {
        "subject_id": f"{ids[0]}-r001",
        "field": "number",
        "verdict": "confirmed",
        "at": f"{ids[0]}-r001.number",
    }
    answer = browser.post(f"/documents/{ids[0]}/corrections", {**fields, "code": "number_doubtful"})
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query == {"at": [f"{ids[0]}-r001.date"], "code": ["number_doubtful"]}
    assert "ยืนยันว่าถูกต้อง โดย somchai" in browser.get(answer.headers["location"]).text


def test_a_value_is_taken_by_one_click_and_taken_back(
    browser: Any, catalog: Catalog, ids: tuple[str, str], say: Say
) -> None:
    say(ids[1], "number", "corrected", "นน 0023.4/ว 99")
    shown = browser.get(f"/documents/{ids[1]}").text
    assert "โปรแกรมเคยสรุปว่า" in shown
    assert "ยกเลิกการแก้ไขนี้" in shown
    assert browser.post(f"/documents/{ids[1]}/withdrawals", {"correction_id": "1"}).status_code == 303
    assert letter_of(catalog, ids[1])["number"] == "นน 0023.4/ว 5678"
    assert "เหลือ <b>1</b>" in browser.get("/").text
    assert browser.post(f"/documents/{ids[1]}/withdrawals", {"correction_id": "1"}).status_code == 409


@pytest.mark.usefixtures("bangkok")
def test_what_was_said_when_is_in_local_time(browser: Any, ids: tuple[str, str], say: Say) -> None:
    say(ids[1], "number", "confirmed")
    browser.post(f"/documents/{ids[1]}/withdrawals", {"correction_id": "1"})
    shown = browser.get(f"/documents/{ids[1]}").text
    assert len(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}\+07:00", shown)) == 2


def test_a_value_can_be_absent_and_a_row_confirmed_as_a_whole(
    catalog: Catalog, ids: tuple[str, str], say: Say
) -> None:
    say(ids[1], "sender", "absent")
    assert letter_of(catalog, ids[1])["sender"] is None
    assert say(f"{ids[0]}-s001", "*", "confirmed").status_code == 303
    record = catalog.document_record(ids[0])
    assert record is not None
    assert record.stamps[0]["confidence"] == 1.0
    assert len(catalog.corrections_of(ids[0])) == 4
    assert say(f"{ids[0]}-s001", "*", "confirmed").status_code == 409


def test_a_value_typed_as_it_stands_is_a_confirmation(
    catalog: Catalog, ids: tuple[str, str], say: Say
) -> None:
    say(ids[1], "date", "corrected", "๑๐ มกราคม ๒๕๖๕")
    assert catalog.corrections_of(ids[1])[0]["verdict"] == "confirmed"


def test_an_amount_sent_as_it_stands_is_a_confirmation(catalog: Catalog, plan_id: str, say: Say) -> None:
    say(f"{plan_id}-002", "budget", "corrected", "2,000.00")
    assert [row["verdict"] for row in catalog.corrections_of(plan_id.rpartition("-")[0])] == ["confirmed"]


def test_a_page_of_the_document_that_was_not_read_is_no_error(
    browser: Any, catalog: Catalog, ids: tuple[str, str], result: FileResult
) -> None:
    second = result.documents[1]
    pages = tuple(page for page in result.pages if page.number != second.first_page)
    catalog.store(replace(result, pages=pages), "2", "model")
    assert browser.get(f"/documents/{ids[1]}?page={second.first_page}").status_code == 200


@pytest.mark.parametrize("about", ["", "reference[0]"])
def test_an_issue_is_settled_by_looking(
    browser: Any, catalog: Catalog, ids: tuple[str, str], result: FileResult, say: Say, about: str
) -> None:
    first, second = result.documents
    doubtful = replace(second, issues=(Issue("reference_doubtful", "อ่านไม่ชัด", page=2, about=about),))
    catalog.store(replace(result, documents=(first, doubtful)), "2", "model")
    page = browser.get(f"/documents/{ids[1]}").text
    form = r'name="subject_id" value="([^"]+)"><input type="hidden" name="field" value="(reference_doubtful)"'
    ((subject_id, code),) = re.findall(form, page)
    assert say(subject_id, code, "confirmed").status_code == 303
    record = catalog.document_record(ids[1])
    assert record is not None
    assert record.issues == ()


def test_while_a_run_writes_nothing_is_changed(
    browser: Any, catalog: Catalog, ids: tuple[str, str], say: Say
) -> None:
    with RunLock(catalog.folder):
        answer = say(ids[1], "number", "corrected", "นน 0023.4/ว 1")
        assert browser.post(f"/documents/{ids[1]}/withdrawals", {"correction_id": "1"}).status_code == 423
        assert browser.post("/publication").status_code == 423
    assert answer.status_code == 423
    assert "กำลังอ่านเอกสาร" in answer.text
    assert catalog.corrections_of(ids[1]) == ()
    assert say(ids[1], "number", "corrected", "นน 0023.4/ว 1").status_code == 303


def test_what_was_seen_before_a_new_reading_is_not_taken(
    browser: Any, catalog: Catalog, ids: tuple[str, str], result: FileResult
) -> None:
    place = f"/documents/{ids[1]}"
    seen = browser.hidden(place, "reading")
    fields = {"subject_id": ids[1], "field": "number", "verdict": "confirmed", "reading": seen}
    first, second = result.documents
    number = replace(second.evidence[0], value="นน 0023.4/ว 1", raw="๑")
    other = replace(second, evidence=(number, *second.evidence[1:]))
    catalog.store(replace(result, documents=(first, other)), "2", "model")
    answer = browser.post(f"{place}/corrections", fields)
    assert answer.status_code == 409
    assert "ถูกอ่านใหม่" in answer.text
    assert catalog.corrections_of(ids[1]) == ()
    fields["reading"] = browser.hidden(place, "reading")
    assert browser.post(f"{place}/corrections", fields).status_code == 303
    assert browser.hidden(place, "reading") == fields["reading"]


def test_what_has_no_place_any_more_is_listed_and_can_be_taken_back(
    browser: Any, catalog: Catalog, ids: tuple[str, str], say: Say, result: FileResult
) -> None:
    say(ids[1], "sender", "corrected", "จังหวัด<b>แพร่")
    catalog.store(replace(result, documents=result.documents[:1]), "2", "model")
    listed = browser.get("/").text
    assert "จังหวัด&lt;b&gt;แพร่" in listed
    (number,) = re.findall(r'name="correction_id" value="(\d+)"', listed)
    assert browser.post("/withdrawals", {"correction_id": number}).headers["location"] == "/"
    assert "แพร่" not in browser.get("/").text
    assert browser.post("/withdrawals", {"correction_id": number}).status_code == 409


def test_checking_does_not_keep_a_run_out(archive: CheckedArchive, catalog: Catalog, browser: Any) -> None:
    browser.get("/")
    with RunLock(catalog.folder):
        pass


# ---------------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("number", "กบ๐๐๒๓.๔/๑๑๒๑", "กบ 0023.4/1121"),
        ("number", "ที่ ศย ๐๑๖/ว ๘๔ (ป)", "ศย 016/ว 84"),
        ("number", "ด่วนที่สุด ที่ มท ๐๘๐๘.๒/๑๕๘๐๑ - ๑๕๘๗๖", "มท 0808.2/15801"),
        ("date", "20/4/2563", "2020-04-20"),
        ("date", "เมษายน ๒๕๖๓", "2020-04"),
        ("date", "2020-04-20", "2020-04-20"),
        ("date", "๒๕๖๓-๐๔-๒๐", "2020-04-20"),
        ("date", "2563-02-29", "2020-02-29"),
        ("received_time", "๙.๓๕ น.", "09:35"),
        ("received_number", "๕๓๕", "535"),
        ("budget", "๔๑,๐๐๐.๕๐", "41000.50"),
        ("item_no", "๑๒", "12"),
        ("q1", "True", "True"),
        ("urgency", "ด่วนมาก", "ด่วนมาก"),
        ("sender", "  จังหวัด   น่าน ", "จังหวัด น่าน"),
        ("sender", "จังหวัด\u200bน่าน\ufeff", "จังหวัดน่าน"),
    ],
)
def test_values_are_taken_as_people_write_them(field: str, typed: str, meant: str) -> None:
    assert normalised(field, typed) == meant


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("number", "ไม่ทราบ"),
        ("number", "เรื่อง มท 0810.3/ว 2927"),
        ("date", "0021-01-01"),
        ("date", "๗ ธันวาคม 2063"),
        ("date", "๓๑ กันยายน ๒๕๖๓"),
        ("date", "๗ ธันวาดม ๒๕๖๔"),
        ("date", "๗ ธ.ค. ๒๑"),
        ("received_time", "๒๕.๐๐"),
        ("budget", "1,00"),
        ("budget", "NaN"),
        ("item_no", "9" * 30),
        ("q1", "maybe"),
        ("secrecy", "ลับสุดยอด"),
        ("sender", ""),
        ("sender", "ก\x00ข"),
        ("sender", "ก\u202eข"),
        ("sender", "ก\ud800"),
        ("sender", "ก" * (LONGEST + 1)),
    ],
)
def test_what_is_no_value_is_refused_with_a_reason(field: str, typed: str) -> None:
    with pytest.raises(InvalidValueError, match=r"[ก-๙]"):
        normalised(field, typed)


def test_a_refusal_is_shown_beside_the_value_with_what_was_typed(
    browser: Any, catalog: Catalog, ids: tuple[str, str]
) -> None:
    fields = {
        "subject_id": ids[1],
        "field": "date",
        "verdict": "corrected",
        "value": "๓๑ กันยายน <b>",
        "at": f"{ids[1]}.date",
    }
    answer = browser.post(f"/documents/{ids[1]}/corrections", fields)
    assert answer.status_code == 422
    assert "ไม่มีวันนั้นในปฏิทิน" in answer.text
    assert 'value="๓๑ กันยายน &lt;b&gt;"' in answer.text
    assert catalog.corrections_of(ids[1]) == ()


def test_all_rules_are_told_in_thai() -> None:
    thai = words_of("rule")
    assert {rule.value for rule in Rule} == set(thai)
    assert all(("{}" in rule.says) == ("{}" in thai[rule.value]) for rule in Rule)
    unheard_of = {"rule": "an unheard-of rule; sum_agrees", "rule_details": None}
    assert rules_in_words(unheard_of) == f"an unheard-of rule · {thai['sum_agrees']}"


# ---------------------------------------------------------------------- what is kept out


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:1", "evil.example:8765", ""]
)
def test_another_host_is_refused(browser: Any, host: str) -> None:
    answer = browser.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Saraban" not in answer.text


def test_localhost_is_the_same_server(browser: Any) -> None:
    assert browser.get("/", headers={"host": "localhost:8765"}).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "ก", "A" * 43])
def test_a_form_without_the_token_is_refused(
    browser: Any, catalog: Catalog, ids: tuple[str, str], token: str
) -> None:
    fields = {"subject_id": ids[1], "field": "number", "verdict": "absent", "token": token}
    assert browser.send("POST", f"/documents/{ids[1]}/corrections", data=fields).status_code == 403
    assert browser.send("POST", "/publication", data=fields).status_code == 403
    assert catalog.corrections_of(ids[1]) == ()


def test_a_form_of_another_origin_is_refused(browser: Any) -> None:
    for origin in ("http://evil.example", "null", "https://127.0.0.1:8765"):
        assert browser.post("/publication", headers={"origin": origin}).status_code == 403
    assert browser.post("/publication", headers={"origin": "http://127.0.0.1:8765"}).status_code == 303


def test_a_form_that_is_none_is_refused(browser: Any, ids: tuple[str, str]) -> None:
    place = f"/documents/{ids[1]}/corrections"
    assert browser.post(place, {"value": "ก" * 10_000}).status_code == 413
    for content in (b"\xff\xfe", b"a=%FF", b"&".join(b"a=1" for _ in range(50))):
        assert browser.send("POST", place, content=content).status_code == 400
    assert browser.get("/publication").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/documents/none",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/%00",
        "/pages/..%2f..%2fetc/1",
        "/pages/0000/1",
        f"/pages/{'0' * 64}/1",
        f"/pages/{'0' * 64}/99999999999999999999999",
        "/check.py",
        "/static/../app.py",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_what_is_not_there_is_not_found(browser: Any, path: str) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize(
    "box",
    [
        "",
        "a,b,c,d",
        "1,2,3",
        "1,2,3,4,5",
        "nan,0,1,1",
        "inf,0,1,1",
        "5,5,1,1",
        "9999,9999,9,9",
        "1e9,0,2e9,1",
    ],
)
def test_a_box_that_is_none_is_not_found(browser: Any, catalog: Catalog, box: str) -> None:
    file = next(catalog.archived_letters()).place[0]
    assert browser.get(f"/pages/{file}/1", params={"box": box}).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"verdict": "corrected"},
        {"verdict": "destroyed", "subject_id": "x", "field": "number"},
        {"verdict": "confirmed", "subject_id": "'; DROP TABLE letters; --", "field": "number"},
        {"verdict": "confirmed", "subject_id": "x", "field": "*"},
        {"verdict": "corrected", "field": "form", "value": "memo"},
        {"verdict": "corrected", "field": "document_id", "value": "x"},
    ],
)
def test_a_correction_of_nothing_changes_nothing(
    browser: Any, catalog: Catalog, ids: tuple[str, str], fields: dict[str, str]
) -> None:
    answer = browser.post(f"/documents/{ids[1]}/corrections", {"subject_id": ids[1], **fields})
    assert answer.status_code in (409, 422)
    assert catalog.corrections_of(ids[1]) == ()
    assert browser.post("/documents/none/corrections", fields).status_code == 404
    for number in ("", "x", "99999999999999999999", "-1", "7"):
        answer = browser.post(f"/documents/{ids[1]}/withdrawals", {"correction_id": number})
        assert answer.status_code == 409


def test_scripts_are_shown_as_text(browser: Any, catalog: Catalog, ids: tuple[str, str], say: Say) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    assert say(ids[1], "subject", "corrected", evil).status_code == 303
    assert letter_of(catalog, ids[1])["subject"] == evil
    for path in ("/", f"/documents/{ids[1]}", f"/documents/{ids[1]}?at={ids[1]}.subject&code=%22onload%3D"):
        answer = browser.get(path)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "{{ 7*7 }}" in answer.text or path == "/"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert "style=" not in browser.get(f"/documents/{ids[1]}").text


def test_nothing_comes_from_elsewhere(browser: Any, ids: tuple[str, str]) -> None:
    for path in ("/", f"/documents/{ids[1]}", "/check.css", "/check.js"):
        text = browser.get(path).text
        assert "http://" not in text
        assert "https://" not in text
        assert "url(" not in text


def test_a_port_that_is_taken_is_a_usage_error(catalog: Catalog) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="--port"):
            serving.serve(catalog, taken.getsockname()[1], print)
