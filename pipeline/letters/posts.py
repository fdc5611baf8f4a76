"""A signer's position that was misread, known from the office that writes: few posts are held there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.letters.names import nearest_of
from pipeline.letters.signer import positions
from pipeline.model import Evidence, Rule
from pipeline.thai import canonical_office, names_of_office, squeeze

BRANCH = "สำนักงาน"
"""Many an office is named after its head: สำนักงานสาธารณสุขอำเภอ after สาธารณสุขอำเภอ."""

ACTING = ("ปฏิบัติ", "รักษา")
"""How the words begin by which one acts for another; they stand before posts and are part of none."""

HARDLY_READ = 0.5
"""Only positions less sure than this are settled: titles are too like each other."""

AHEAD = 0.03
"""How much likelier than the next one a post is at least: many are none, such as the ครู of a district."""

SETTLED = 0.8
"""How sure a settled position is."""


def settle_position(fields: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """``fields`` with a position that was hardly read as the post at the sender's office nearest to it.

    Before it may stand for whom the signer acts: ``รองปลัดกระทรวง ปฏิบัติราชการแทน ปลัดกระทรวงคอษาธิการ``.
    """
    sender, position = fields.get("sender"), fields.get("signer_position")
    if not (sender and sender.value and position and position.value) or position.confidence >= HARDLY_READ:
        return dict(fields)
    posts = {squeeze(post): post for post in posts_of(sender.value)}
    found = _nearest_end(position.value, posts)
    if found is None:
        return dict(fields)
    start, post = found
    misread = position.value[start:]
    alternatives = ((position.value, round(position.confidence, 4)),)
    confidence = max(position.confidence, min(SETTLED, sender.confidence))
    settled = replace(
        position, value=position.value[:start] + post, confidence=confidence, alternatives=alternatives
    )
    return {**fields, "signer_position": settled.because(Rule.POST_NEAREST, misread)}


def posts_of(sender: str) -> set[str]:
    """Posts that one may hold at an office, its head's among them.

    A memo's office names the one above it as well: ``กองคลัง เทศบาลตำบลป่าตาล``.

    >>> {"นายอำเภอคลองท่อม", "ปลัดอำเภอคลองท่อม"} <= posts_of("ที่ว่าการอำเภอคลองท่อม")
    True
    >>> {"ผู้อำนวยการกองคลัง", "นายกเทศมนตรีตำบลป่าตาล"} <= posts_of("กองคลัง เทศบาลตำบลป่าตาล")
    True
    """
    words = sender.split()
    offices = {canonical_office(" ".join(words[first:])) for first in range(len(words))} | set(words[:1])
    branches = {office.removeprefix(BRANCH) for office in offices if office.startswith(BRANCH)}
    names = branches.union(*map(names_of_office, offices))
    heads = {name for name in names if name.startswith(positions())}
    titles = [title for title in positions() if not title.startswith(ACTING)]
    return branches | heads | {f"{title}{name}" for title in titles for name in names}


def _nearest_end(position: str, posts: Mapping[str, str]) -> tuple[int, str] | None:
    """(Where the end of a position begins, the post it is a slip away from); None where it is one."""
    starts = [0, *(place + 1 for place, sign in enumerate(position) if sign == " ")]
    if any(squeeze(position[start:]) in posts for start in starts):
        return None
    found = [(nearest_of(position[start:], posts, AHEAD), start) for start in starts]
    likely = [(match.likeness, start, match.name) for match, start in found if match]
    return max(likely)[1:] if likely else None
