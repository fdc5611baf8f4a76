"""Letters and references to test with, made from the few facts that matter."""

from dataclasses import dataclass, field

import pytest

from pipeline.citations import resolve
from pipeline.model import ArchivedLetter, ArchivedReference, Relation, Resolution


def parts(number):
    """Agency code, circular or not, running number of ``มท 0810.3/ว 2927``."""
    if number is None:
        return None, None, None
    code, _, running = number.rpartition("/")
    return code, running.startswith("ว"), int(running.removeprefix("ว"))


@dataclass
class Shelf:
    """An archive under construction."""

    letters: list[ArchivedLetter] = field(default_factory=list)
    references: list[ArchivedReference] = field(default_factory=list)

    def letter(self, document_id, number, date, sender, place=None, subject=None, alternatives=()):
        code, circular, running = parts(number)
        place = place or (f"file of {document_id}", 1)
        self.letters.append(
            ArchivedLetter(
                document_id, place, number, code, circular, running, date, sender, sender, "ผู้รับ", subject,
                alternatives,
            )
        )  # fmt: skip
        return document_id

    def cites(
        self, document_id, number, date, sender=None, relation=Relation.REFERS_TO, subject=None, **more
    ):
        code, circular, running = parts(number)
        citing = next(letter for letter in self.letters if letter.document_id == document_id)
        position = 1 + sum(reference.document_id == document_id for reference in self.references)
        reference = ArchivedReference(
            f"{document_id}-{position}", document_id, citing.place, position, relation,
            f"หนังสือ{sender or ''} ที่ {number} ลงวันที่ {date}", sender, subject, number, code, circular, running,
            date, **more,
        )  # fmt: skip
        self.references.append(reference)
        return reference.reference_id

    def encloses(self, document_id, number, date, sender=None, **more):
        return self.cites(document_id, number, date, sender, Relation.ENCLOSES, **more)

    def archived_letters(self):
        return iter(sorted(self.letters, key=lambda letter: letter.document_id))

    def archived_references(self):
        return iter(sorted(self.references, key=lambda reference: reference.reference_id))

    def resolutions(self):
        return resolve(tuple(self.archived_letters()), tuple(self.archived_references()))

    def verdicts(self) -> dict[str, Resolution]:
        found = resolve(self.letters, self.references)
        return {resolution.reference_id: resolution for resolution in found}


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def misread_chain(shelf):
    """Six letters of one bundle, five numbers of which are not what their citations say.

    What went wrong is what goes wrong on paper: a digit taken for one that looks alike, a number
    written over by a stamp, a day that is missing, agency letters misread, and a heading that took
    over the number of the letter it refers to.
    """
    subject = "ซักซ้อมความเข้าใจการจัดทำแผนการจัดการขยะมูลฝอยขององค์กรปกครองส่วนท้องถิ่น"
    place = iter([("bundle", ordinal) for ordinal in range(1, 8)])
    department, auditor = "กรมส่งเสริมการปกครองท้องถิ่น", "สำนักงานการตรวจเงินแผ่นดิน"
    shelf.letter("district", "พง 0718.2/ว 815", "2019-09-12", "อำเภอตะกั่วป่า", next(place), subject)
    shelf.letter("province", "พง 0023.3/ว 4185", "2019-09-10", "จังหวัดพังงา", next(place), subject)
    shelf.letter("department", "มท 0808.2/ว 2562", "2019-08", department, next(place), subject)
    shelf.letter("newest", "ตผ 0004/0031", "2019-08-05", auditor, next(place), subject)
    shelf.letter("older", "ตผ 0052/1809", "2018-11-20", auditor, next(place), "แจ้งแนวทางการตรวจสอบ")
    shelf.letter("oldest", "ตฝ 0052/0019", "2018-02", auditor, next(place), "แนวทางการรายงานผลการตรวจสอบ")
    shelf.encloses("district", "พง 0023.3/ว 4184", "2019-09-10", "จังหวัดพังงา")
    shelf.cites("province", "พง 0023.3/ว 1730", "2018-05-11", "จังหวัดพังงา")
    shelf.cites("province", "พง 0023.3/ว 3306", "2018-08-20", "จังหวัดพังงา")
    shelf.encloses("province", "มท 0808.2/ว 2381", "2019-08-28", department)
    shelf.cites("department", "มท 0808.2/ว 1164", "2018-04-19", department)
    shelf.encloses("department", "ตผ 0004/0048", "2019-08-05", auditor)
    shelf.cites("newest", "ตผ 0004/0031", "2018-11-20", auditor)
    shelf.cites("older", "ตผ 0052/0057", "2018-02-14", auditor)
    return shelf
