"""Letters that are cited and not held: one ghost for each, however its number was written or misread."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.citations.building import letter_columns, reference_columns
from pipeline.citations.census import Census
from pipeline.citations.circumstances import plain
from pipeline.citations.scoring import Scorer
from pipeline.model import ArchivedLetter, ArchivedReference, Relation
from pipeline.thai import canonical_office

_ONE_LETTER = 6.0
"""Log-odds from which two ghosts are one letter; between absent letters nothing else can settle it."""

Identity = tuple[str, bool | None, int | None, str]
"""(agency code without spaces, circular or not, running number, year), or (sender, None, None, date).

A number without an agency code is of its sender, and where none is named of its day: every office has a
circular ว 10.
"""


@dataclass(frozen=True, slots=True)
class Ghost:
    """A letter that is only cited: its id, made of its identity, and what most references say of it."""

    node: str
    number: str | None
    date: str | None
    sender: str | None
    subject: str | None
    raw_text: str
    variants: tuple[str, ...]


def find_ghosts(references: Iterable[ArchivedReference]) -> dict[str, Ghost]:
    """The ghost of each of ``references``, none of which has a held target, by reference id."""
    groups: dict[Identity, list[ArchivedReference]] = defaultdict(list)
    for reference in sorted(references, key=lambda reference: reference.reference_id):
        groups[_identity(reference)].append(reference)
    _date_the_undated(groups)
    merged = _merged(groups)
    found = {}
    for identities in merged:
        citing = [reference for identity in identities for reference in groups[identity]]
        ghost = _ghost(identities[0], citing)
        found.update(dict.fromkeys((reference.reference_id for reference in citing), ghost))
    return found


def _identity(reference: ArchivedReference) -> Identity:
    number = reference.is_circular, reference.running_number
    if reference.running_number is not None and reference.agency_code:
        return plain(reference.agency_code), *number, (reference.date or "")[:4]
    if reference.running_number is not None and reference.sender:
        return canonical_office(reference.sender), *number, (reference.date or "")[:4]
    if reference.running_number is not None and reference.date:
        return "", *number, reference.date
    if reference.sender and reference.date:
        return canonical_office(reference.sender), None, None, reference.date
    return reference.reference_id, None, None, ""


def _date_the_undated(groups: dict[Identity, list[ArchivedReference]]) -> None:
    """References without a date join the only year in which that number is cited, if it is the only one."""
    years: dict[tuple[str, bool | None, int | None], list[Identity]] = defaultdict(list)
    for identity in groups:
        years[identity[:3]].append(identity)
    for identities in years.values():
        dated = [identity for identity in identities if identity[3]]
        undated = [identity for identity in identities if not identity[3]]
        if len(dated) == 1 and undated:
            groups[dated[0]] += groups.pop(undated[0])


def _merged(groups: Mapping[Identity, Sequence[ArchivedReference]]) -> list[list[Identity]]:
    """Identities that are one letter misread, the most cited of each first."""
    identities = sorted(groups, key=lambda identity: (-len(groups[identity]), str(identity)))
    leaders = {index: index for index in range(len(identities))}
    for one, other in _alike([_speaker(groups[identity]) for identity in identities]):
        low, high = sorted((_leader(leaders, one), _leader(leaders, other)))
        leaders[high] = low
    members: dict[int, list[Identity]] = defaultdict(list)
    for index, identity in enumerate(identities):
        members[_leader(leaders, index)].append(identity)
    return list(members.values())


def _leader(leaders: dict[int, int], index: int) -> int:
    while leaders[index] != index:
        index = leaders[index]
    return index


def _alike(speakers: Sequence[ArchivedReference]) -> list[tuple[int, int]]:
    """Pairs of references, by index, that name one letter: number, agency and date all speak for it."""
    numbered = [index for index, speaker in enumerate(speakers) if speaker.running_number is not None]
    mentions = [_as_reference(speakers[index], str(index)) for index in numbered]
    columns = letter_columns([_as_letter(mention) for mention in mentions])
    scores = Scorer(columns, Census.of(columns)).score(reference_columns(mentions))
    found = scores.total >= _ONE_LETTER
    for name in ("running", "code", "date"):
        found &= scores.bits[name] > 0
    rows = zip(scores.pairs.reference[found].tolist(), scores.pairs.letter[found].tolist(), strict=True)
    return [(numbered[one], numbered[other]) for one, other in rows]


def _as_reference(speaker: ArchivedReference, name: str) -> ArchivedReference:
    """``speaker`` apart from the letter that makes it, so that nothing but what it says is compared."""
    return ArchivedReference(
        name, name, (name, 0), 0, Relation.REFERS_TO, speaker.raw_text, speaker.sender, speaker.subject,
        speaker.number, speaker.agency_code, speaker.is_circular, speaker.running_number, speaker.date,
    )  # fmt: skip


def _as_letter(mention: ArchivedReference) -> ArchivedLetter:
    return ArchivedLetter(
        mention.document_id, mention.place, mention.number, mention.agency_code, mention.is_circular,
        mention.running_number, mention.date, mention.sender, mention.sender, None, mention.subject,
    )  # fmt: skip


def _speaker(citing: Sequence[ArchivedReference]) -> ArchivedReference:
    """The reference that says most of the letter."""
    return max(citing, key=lambda r: (r.date is not None, r.sender is not None, r.subject is not None))


def _ghost(identity: Identity, citing: Sequence[ArchivedReference]) -> Ghost:
    digest = hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()
    numbers = _by_frequency(reference.number for reference in citing)
    return Ghost(
        node=f"cited-{digest[:16]}",
        number=numbers[0] if numbers else None,
        date=next(iter(_by_frequency(reference.date for reference in citing)), None),
        sender=next(iter(_by_frequency(reference.sender for reference in citing)), None),
        subject=next(iter(_by_frequency(reference.subject for reference in citing)), None),
        raw_text=min(reference.raw_text for reference in citing),
        variants=tuple(sorted(numbers)) if len(numbers) > 1 else (),
    )


def _by_frequency(values: Iterable[str | None]) -> list[str]:
    counts = Counter(value for value in values if value)
    return sorted(counts, key=lambda value: (-counts[value], value))
