"""What holds of every archive: order does not matter, evidence only helps, nobody cites itself."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.citations import CitationGraph, resolve, write_graph
from pipeline.model import ArchivedLetter, ArchivedReference, ReferenceStatus, Relation

CODES = ("พง 0023.3", "พง 0023.4", "มท 0808.2", "ตผ 0052")
SENDERS = {"พง": "จังหวัดพังงา", "มท": "กรมส่งเสริมการปกครองท้องถิ่น", "ตผ": "สำนักงานการตรวจเงินแผ่นดิน"}
SUBJECTS = ("การจัดการขยะมูลฝอย", "ขอเชิญประชุม", None)

numbers = st.tuples(st.sampled_from(CODES), st.booleans(), st.integers(1, 40) | st.none())
dates = st.sampled_from(("2019-09-10", "2019-09-12", "2019-09", "2018-09-10", "2018-02-14", None))


def written(code, circular, running):
    return f"{code}/{'ว ' if circular else ''}{'' if running is None else running}"


@st.composite
def archives(draw):
    """A few letters of a few offices, near enough to be confused, and references between them."""
    letters, references = [], []
    for index in range(draw(st.integers(1, 7))):
        (code, circular, running), date = draw(numbers), draw(dates)
        place = (f"bundle {draw(st.integers(1, 3))}", index)
        sender = SENDERS[code[:2]]
        letters.append(
            ArchivedLetter(
                f"letter {index}", place, written(code, circular, running), code, circular, running,
                date, sender, sender, None, draw(st.sampled_from(SUBJECTS)),
            )
        )  # fmt: skip
    for index in range(draw(st.integers(1, 6))):
        citing = draw(st.sampled_from(letters))
        (code, circular, running), date = draw(numbers), draw(dates)
        references.append(
            ArchivedReference(
                f"reference {index}", citing.document_id, citing.place, index,
                draw(st.sampled_from(Relation)), f"หนังสือ {code}",
                SENDERS[code[:2]] if draw(st.booleans()) else None, draw(st.sampled_from(SUBJECTS)),
                written(code, circular, running), code, circular, running, date,
            )
        )  # fmt: skip
    return letters, references


def verdicts(letters, references):
    return {resolution.reference_id: resolution for resolution in resolve(letters, references)}


@settings(max_examples=30, deadline=None)
@given(archives(), st.randoms(use_true_random=False))
def test_order_does_not_matter(archive, chance):
    letters, references = archive
    before = verdicts(letters, references)
    chance.shuffle(letters)
    chance.shuffle(references)
    assert verdicts(letters, references) == before


@settings(max_examples=30, deadline=None)
@given(archives())
def test_every_reference_has_one_verdict_and_no_letter_cites_itself(archive):
    letters, references = archive
    found = list(resolve(letters, references))
    assert [verdict.reference_id for verdict in found] == [reference.reference_id for reference in references]
    for reference, verdict in zip(references, found, strict=True):
        assert verdict.target != reference.document_id
        linked = verdict.status in (ReferenceStatus.RESOLVED, ReferenceStatus.PROBABLE)
        assert linked == (verdict.target is not None)
        assert 0 <= verdict.score <= 1


def odds_of(letter, reference):
    """Log-odds that ``letter`` is meant; pairs that are not worth comparing have none."""
    (verdict,) = resolve([letter], [reference])
    return verdict.evidence.get("log2_odds", -math.inf)


LETTER = ArchivedLetter(
    "held", ("bundle", 2), "พง 0023.3/ว 6391", "พง 0023.3", True, 6391, "2019-12-21", "จังหวัดพังงา",
    "จังหวัดพังงา", None, "การจัดการขยะมูลฝอย",
)  # fmt: skip
REFERENCE = ArchivedReference(
    "reference", "citing", ("bundle", 1), 1, Relation.REFERS_TO, "หนังสือ", "จังหวัดพังงา", "การจัดการขยะมูลฝอย",
    "พง 0023.3/ว 6391", "พง 0023.3", True, 6391, "2019-12-21",
)  # fmt: skip


@pytest.mark.parametrize(
    ("worse", "worst"),
    [
        ({"date": "2019-12"}, {"date": "2017-03-02"}),
        ({"sender": None}, {"sender": "จังหวัดภูเก็ต"}),
        ({"subject": None}, {"subject": "ขอเชิญประชุมผู้บริหาร"}),
        ({"place": ("another bundle", 1)}, {"place": ("another bundle", 1), "date": "2017-03-02"}),
        ({"running_number": 6341}, {"running_number": 8825}),
        ({"agency_code": "พง 0028.3"}, {"agency_code": "กท 1101"}),
    ],
)
def test_each_agreement_adds_to_the_odds(worse, worst):
    """Each beside a heading whose number is unreadable, unless the number is what is looked at."""
    letter = LETTER
    if not worse.keys() & {"running_number", "agency_code"}:
        letter = replace(LETTER, number=None, agency_code=None, is_circular=None, running_number=None)
    reference = replace(REFERENCE, subject=REFERENCE.subject if "subject" in worse else None)
    found = [odds_of(letter, replace(reference, **change)) for change in ({}, worse, worst)]
    assert found[0] > found[1] > found[2]


def test_same_archive_gives_the_same_bytes(misread_chain, tmp_path):
    written_bytes = []
    for turn in range(2):
        random.Random(turn).shuffle(misread_chain.letters)
        random.Random(turn).shuffle(misread_chain.references)
        write_graph(CitationGraph(misread_chain), tmp_path / str(turn))
        names = sorted(path.name for path in (tmp_path / str(turn)).iterdir())
        assert names == ["citations.graphml", "citations.json"]
        written_bytes.append([(tmp_path / str(turn) / name).read_bytes() for name in names])
    assert written_bytes[0] == written_bytes[1]
