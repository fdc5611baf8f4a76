"""Finding documents and letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.catalog import Catalog, LetterQuery


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, undisturbed: Path, archive_run: ModuleType
) -> Iterator[Catalog]:
    """Five letters with dates of different precision; only read by the tests."""
    with Catalog.open(tmp_path_factory.mktemp("queries")) as catalog:
        for path in sorted((undisturbed / "raw").iterdir()):
            result = archive_run.read(path)
            document, *others = result.documents
            dates = {1: "2020-04", 2: "2020-04-15", 3: "2020-05-01", 4: "2020", 5: None}
            letter = replace(document.letter, date=dates[document.letter.running_number])
            result = replace(result, documents=(replace(document, letter=letter), *others))
            catalog.store(result, "1", "model")
        archive_run.resolve(catalog)
        yield catalog


@pytest.mark.parametrize("text", ["มท 0810.3/ว 4", "มท๐๘๑๐.๓/ว๔", "ว 4", "ว๔", "4.pdf"])
def test_a_letter_is_found_by_number_and_file(archive: Catalog, text: str) -> None:
    found = archive.find_document(text)
    assert found["number"].tolist()[0] == "มท 0810.3/ว 4"


def test_an_exact_id_finds_one_and_the_beginning_of_one_all_of_the_file(archive: Catalog) -> None:
    identity = archive.find_document("ว 4")["document_id"][0]
    assert archive.find_document(identity)["document_id"].tolist() == [identity]
    assert archive.find_document(identity[:10])["kind"].tolist() == ["letter", "plan"]


def test_wildcards_are_plain_text(archive: Catalog) -> None:
    assert archive.find_document("%").empty
    assert archive.find_document("no such").empty


def test_all_of_a_document(archive: Catalog) -> None:
    identity = archive.find_document("ว 4")["document_id"][0]
    record = archive.document_record(identity)
    assert record is not None
    assert record.letter is not None
    assert record.letter["number"] == "มท 0810.3/ว 4"
    assert [reference["running_number"] for reference in record.references] == [3]
    assert [reference["running_number"] for reference in record.cited_by] == [4]
    assert {issue["code"] for issue in record.issues} == {"number_doubtful", "cited"}
    assert [stamp["office"] for stamp in record.stamps] == ["อำเภอ"]
    assert len(record.evidence) == 1
    assert record.plans == record.items == ()


def test_all_of_a_plan(archive: Catalog) -> None:
    identity = archive.find_document("ว 4")["document_id"][0].replace("-0001", "-0002")
    record = archive.document_record(identity)
    assert record is not None
    assert record.letter is None
    assert [plan["plan_id"] for plan in record.plans] == [f"{identity}-p01"]
    assert [item["item_no"] for item in record.items] == [1, 2]


def test_a_document_that_is_not_there(archive: Catalog) -> None:
    assert archive.document_record("nothing") is None


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (LetterQuery(), {1, 2, 3, 4, 5}),
        (LetterQuery(number="ว ๓"), {3}),
        (LetterQuery(agency="มท๐๘๑๐"), {1, 2, 3, 4, 5}),
        (LetterQuery(agency="กรมส่งเสริม"), {1, 2, 3, 4, 5}),
        (LetterQuery(agency="ปช"), set()),
        (LetterQuery(sender="ปกครอง"), {1, 2, 3, 4, 5}),
        (LetterQuery(needs_review=True), {1, 3, 5}),
        (LetterQuery(needs_review=False), {2, 4}),
        (LetterQuery(date_from="2020-04-10", date_to="2020-04-20"), {1, 2, 4}),
        (LetterQuery(date_from="2020-04-16"), {1, 3, 4}),
        (LetterQuery(date_from="2020-05", date_to="2020-05"), {3, 4}),
        (LetterQuery(date_to="2019"), set()),
        (LetterQuery(date_from="2020-05-01", needs_review=True), {3}),
    ],
)
def test_letters_are_chosen(archive: Catalog, query: LetterQuery, numbers: set[int]) -> None:
    frame = archive.letters_frame(query)
    assert set(frame["running_number"]) == numbers
    assert {"path", "first_page", "subject"} <= set(frame.columns)


def test_frames_have_types(archive: Catalog) -> None:
    frame = archive.letters_frame(LetterQuery(date_from="2020-05-01"))
    assert [
        str(frame[name].dtype) for name in ("running_number", "needs_review", "confidence", "subject")
    ] == [
        "Int64",
        "boolean",
        "Float64",
        "string",
    ]


def test_letters_can_be_limited(archive: Catalog) -> None:
    assert len(archive.letters_frame(LetterQuery(), limit=2)) == 2
