"""Letters come, go and are corrected: the verdicts are always those of a full resolution."""

import hashlib
import random
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog import Catalog
from pipeline.citations import (
    blocking,
    census,
    letter_keys,
    neighbourhood,
    reference_keys,
    resolve,
    resolve_again,
)
from pipeline.connect import settle
from pipeline.model import (
    ArchivedLetter,
    ArchivedReference,
    Document,
    DocumentKind,
    FileResult,
    FileStatus,
    Letter,
    LetterForm,
    Reference,
    ReferenceStatus,
    Relation,
)

CODES = ("พง 0023.3", "พง 0023.4", "พง 0028.3", "มท 0808.2")
SENDERS = {"พง": "จังหวัดพังงา", "มท": "กรมส่งเสริมการปกครองท้องถิ่น"}

codes = st.sampled_from(CODES)
runnings = st.integers(391, 396) | st.none()
dates = st.sampled_from(("2019-09-10", "2019-09-11", "2019-09", "2018-09-10", None))
alternatives = st.sampled_from(((), (("พง 0023.3/ว 394", 0.4),), (("พง 0023.4/392", 0.3),)))


class Shelf:
    """A keyed archive in memory, with the verdicts on its references."""

    def __init__(self):
        self.held, self.cited, self.verdicts = {}, {}, {}
        self.documents_by_key, self.references_by_key = defaultdict(set), defaultdict(set)

    def size(self):
        return len(self.held)

    def counts(self, keys):
        return {key: len(self.documents_by_key[key]) for key in keys if key in self.documents_by_key}

    def documents_sharing(self, keys):
        return set().union(*(self.documents_by_key.get(key, set()) for key in keys))

    def references_sharing(self, keys):
        return set().union(*(self.references_by_key.get(key, set()) for key in keys)) & self.cited.keys()

    def references_of(self, document_ids):
        return {name for name, reference in self.cited.items() if reference.document_id in document_ids}

    def letters(self, document_ids):
        return [self.held[name] for name in sorted(document_ids) if name in self.held]

    def references(self, reference_ids):
        return [self.cited[name] for name in sorted(reference_ids) if name in self.cited]

    def change(self, without, letters, references):
        """Take the files ``without`` away, put ``letters`` and ``references`` in, and resolve again."""
        gone, size = Counter(), self.size()
        for key, documents in self.documents_by_key.items():
            lost = {name for name in documents if self.held[name].place[0] in without}
            documents -= lost
            if lost:
                gone[key] += len(lost)
        for things in (self.held, self.cited):
            for name in [name for name, thing in things.items() if thing.place[0] in without]:
                del things[name]
        self.held |= {letter.document_id: letter for letter in letters}
        self.cited |= {reference.reference_id: reference for reference in references}
        for name, key in letter_keys(letters):
            self.documents_by_key[key].add(name)
        for name, key in reference_keys(references):
            self.references_by_key[key].add(name)
        if census.size_class(size) == census.size_class(self.size()):
            again = resolve_again(self, [letter.document_id for letter in letters], gone)
            self.verdicts |= {verdict.reference_id: verdict for verdict in again}
        else:
            self.verdicts = self.resolved()
        self.verdicts = {name: verdict for name, verdict in self.verdicts.items() if name in self.cited}

    def resolved(self):
        found = resolve(tuple(self.held.values()), self.cited.values())
        return {verdict.reference_id: verdict for verdict in found}


def random_file(chance, file):
    """A few letters of a few offices, near enough to be confused, and references to such letters."""
    letters, references = [], []
    for ordinal in range(chance.randint(0, 5)):
        document_id = f"{file}-{ordinal}"
        alternatives = chance.choice(((), (("พง 0023.3/ว 394", 0.4),), (("พง 0023.4/392", 0.3),)))
        for turn in range(chance.randint(1, 3)):
            code, running = chance.choice(CODES), chance.choice((391, 392, 393, 394, 395, 396, None))
            number, sender = (
                f"{code}/ว {running}" if running else None,
                chance.choice((SENDERS[code[:2]], None)),
            )
            date = chance.choice(("2019-09-10", "2019-09-11", "2019-09", "2018-09-10", "2019-10-11", None))
            said = number, code, True, running, date
            if turn == 0:
                subject = chance.choice(("การจัดการขยะมูลฝอย", None))
                letters.append(
                    ArchivedLetter(
                        document_id, (file, ordinal), *said, sender, sender, None, subject, alternatives
                    )
                )
            else:
                relation = chance.choice(list(Relation))
                references.append(
                    ArchivedReference(
                        f"{document_id}-{turn}", document_id, (file, ordinal), turn, relation, "หนังสือ",
                        sender, None, *said, "letter", alternatives,
                    )
                )  # fmt: skip
    return letters, references


@pytest.mark.parametrize("seed", range(100))
def test_verdicts_are_those_of_a_full_resolution_whatever_came_when(seed):
    chance, shelf = random.Random(seed), Shelf()
    for _ in range(chance.randint(2, 6)):
        file = f"file {chance.randint(1, 4)}"
        shelf.change({file}, *random_file(chance, file))
        assert shelf.verdicts == shelf.resolved()


def test_key_that_becomes_crowded_is_followed_no_more():
    shelf, sender = Shelf(), SENDERS["พง"]

    def unnumbered(name):
        nothing = None, None, None, None
        return ArchivedLetter(name, (name, 1), *nothing, "2019-09-10", sender, sender, None, None)

    citing = ArchivedLetter("citing", ("citing", 1), None, None, None, None, None, None, None, None, None)
    reference = ArchivedReference(
        "reference", "citing", ("citing", 1), 1, Relation.REFERS_TO, "หนังสือ", sender, None, None, None, None,
        None, "2019-09-10",
    )  # fmt: skip
    shelf.change((), [citing, *map(unnumbered, "abc")], [reference])
    assert shelf.verdicts["reference"].evidence["held"]
    shelf.change((), [unnumbered("d")], [])
    assert shelf.verdicts["reference"].evidence == {"candidates": []}
    shelf.change({"a"}, [], [])
    assert shelf.verdicts["reference"].status is ReferenceStatus.AMBIGUOUS


def resolved_anew(monkeypatch):
    """A list to which every reference is added that is resolved from now on."""
    seen = []
    monkeypatch.setattr(
        neighbourhood,
        "_resolved",
        lambda archive, references, made=neighbourhood._resolved: (
            seen.extend(references) or made(archive, references)
        ),
    )
    return seen


def test_one_more_letter_of_a_busy_office_touches_only_what_is_of_its_year(monkeypatch):
    """What the census counts of an office bears on the references to its letters of that year, not of all."""
    shelf, sender = Shelf(), SENDERS["พง"]

    def letter(name, year, running):
        code, date = CODES[0], f"{year}-{1 + running % 12:02}-{1 + running % 28:02}"
        said = f"{code}/{running}", code, False, running, date
        return ArchivedLetter(name, (name, 1), *said, sender, sender, None, None)

    def naming(letter):
        return ArchivedReference(
            f"naming {letter.document_id}", "nobody", ("nowhere", 1), 1, Relation.REFERS_TO, "หนังสือ", sender,
            None, letter.number, letter.agency_code, False, letter.running_number, letter.date,
        )  # fmt: skip

    held = [
        letter(f"{year} {running}", year, running)
        for year, first in ((2015, 100), (2016, 200), (2017, 300))
        for running in range(first, first + 21)
    ]
    shelf.change((), held, [naming(letter) for letter in held])
    seen = resolved_anew(monkeypatch)
    # Of the office the 64th letter, a step of the census; 63 and 64 are one size
    monkeypatch.setattr(census, "size_class", lambda letters: 32)
    shelf.change((), [letter("new", 2016, 233)], [])
    assert seen
    assert {reference.date[:4] for reference in seen} == {"2016"}


@st.composite
def letters(draw):
    code, running = draw(codes), draw(runnings)
    return Letter(
        LetterForm.EXTERNAL,
        number=f"{code}/ว {running}" if running else None,
        agency_code=code,
        is_circular=True,
        running_number=running,
        date=draw(dates),
        sender=draw(st.sampled_from((SENDERS[code[:2]], None))),
        subject=draw(st.sampled_from(("การจัดการขยะมูลฝอย", None))),
        number_alternatives=draw(alternatives),
    )


@st.composite
def references(draw):
    code, running = draw(codes), draw(runnings)
    return Reference(
        1,
        draw(st.sampled_from(Relation)),
        f"หนังสือ {code}",
        1,
        sender=draw(st.sampled_from((SENDERS[code[:2]], None))),
        number=f"{code}/ว {running}" if running else None,
        agency_code=code,
        is_circular=True,
        running_number=running,
        date=draw(dates),
        number_alternatives=draw(alternatives),
        target_kind=draw(st.sampled_from(("letter", "letter", "letter", "law"))),
    )


@st.composite
def readings(draw):
    """What one of three files gives when it is read: some letters, or, once in a while, none."""
    documents = []
    for ordinal in range(1, 1 + draw(st.integers(0, 4))):
        named = tuple(draw(st.lists(references(), max_size=2)))
        documents.append(
            Document(
                ordinal,
                ordinal,
                ordinal,
                DocumentKind.LETTER,
                None,
                0.9,
                letter=draw(letters()),
                references=named,
            )
        )
    path = Path(f"{draw(st.integers(1, 3))}.pdf")
    return FileResult(
        path, hashlib.sha256(path.name.encode()).hexdigest(), "application/pdf", 9, 9, FileStatus.DONE, 0.1,
        documents=tuple(documents),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def soon_crowded(monkeypatch):
    """Three letters that share a key are a crowd, so that a small archive has some."""
    for module in (blocking, census, neighbourhood):
        monkeypatch.setattr(module, "BLOCK_LIMIT", 3)


def stored(catalog):
    """The verdicts in the catalog, as far as they must not depend on how they were come by."""
    return {verdict.reference_id: verdict for verdict in catalog.resolutions()}


def resolved(catalog):
    """The same, as a full resolution comes to."""
    found = resolve(tuple(catalog.archived_letters()), catalog.archived_references())
    return {verdict.reference_id: verdict for verdict in found}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(readings(), min_size=1, max_size=3), min_size=1, max_size=5))
def test_catalog_holds_the_verdicts_of_a_full_resolution_whatever_came_when(runs):
    with tempfile.TemporaryDirectory() as folder, Catalog.open(Path(folder)) as catalog:
        for run in runs:
            for reading in run:
                catalog.store(reading, "1", "model")
            settle(catalog)
            assert stored(catalog) == resolved(catalog)


def test_one_more_letter_touches_only_what_it_may_concern(tmp_path, monkeypatch):
    """A letter of another office leaves the references to the first one alone."""

    def file_of(name, letter, *references):
        document = Document(1, 1, 1, DocumentKind.LETTER, None, 0.9, letter=letter, references=references)
        return FileResult(
            Path(name), hashlib.sha256(name.encode()).hexdigest(), "application/pdf", 9, 1, FileStatus.DONE,
            0.1, documents=(document,),
        )  # fmt: skip

    def letter(code, running, date):
        return Letter(
            LetterForm.EXTERNAL, number=f"{code}/{running}", agency_code=code, is_circular=False,
            running_number=running, date=date, sender=SENDERS[code[:2]],
        )  # fmt: skip

    def naming(code, running, date):
        return Reference(
            1, Relation.REFERS_TO, "หนังสือ", 1, sender=SENDERS[code[:2]], number=f"{code}/{running}",
            agency_code=code, is_circular=False, running_number=running, date=date,
        )  # fmt: skip

    seen = resolved_anew(monkeypatch)
    with Catalog.open(tmp_path) as catalog:
        other = naming("มท 0808.2", 55, "2019-02-01")
        for index in range(4):
            catalog.store(
                file_of(f"{index}.pdf", letter("พง 0023.3", 391 + index, "2019-09-10"), other), "1", "m"
            )
        settle(catalog)
        assert not seen
        catalog.store(file_of("new.pdf", letter("มท 0808.2", 55, "2019-02-01")), "1", "m")
        settle(catalog)
        assert len(seen) == 4
        assert {verdict.status.value for verdict in catalog.resolutions()} == {"resolved"}
        seen.clear()
        far = naming("พง 0023.4", 7, "2018-05-02")
        catalog.store(file_of("far.pdf", letter("พง 0023.4", 12, "2018-05-30"), far), "1", "m")
        settle(catalog)
        assert len(seen) == 1
