"""Mends Thai text as scanners and typists break it, without ever dropping a letter or a vowel.

PyThaiNLP's ``normalize`` deletes a vowel that a stray space has cut off from its consonant, so it
comes last and only word by word, and what it says is taken only where nothing but its known
substitutions happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import regex
from pythainlp.corpus import thai_words
from pythainlp.util import normalize

from pipeline.thai.digits import to_arabic

_CONSONANT = "ก-ฮ"
_LEADING = "เแโใไ"
_FOLLOWING = "ะาำๅ"
_VOWEL_MARK = "ัิีึืฺุู็ํ"
_TONE = "่้๊๋"
_TONE_LIKE = f"{_TONE}์๎"
_MARK = f"{_VOWEL_MARK}{_TONE_LIKE}"

# Characters that show nothing: "กรม\u200bการ\ufeffปกครอง"
_INVISIBLE = regex.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Marks and bare letters that old Thai fonts keep at places of their own, U+F700 to U+F71A, as they are
_PLACED = {0xF700 + at: sign for at, sign in enumerate("ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู")}
# Every space of Unicode but the plain one, tabs and line ends: "ที่\u00a0มท"
_ODD_SPACE = regex.compile(r"[\p{Zs}--\ ]", regex.V1)
# A gap before what can't begin a word: "ท ี่", "ก า ร"
_GAP_BEFORE_MARK = regex.compile(rf"(?<=[{_CONSONANT}{_MARK}]) +(?=[{_MARK}{_FOLLOWING}])")
# A gap after what can't end a word: "เ รื่อง"
_GAP_AFTER_LEADING = regex.compile(rf"(?<=[{_LEADING}]) +(?=[{_CONSONANT}{_LEADING}])")
# ํ and า, a tone mark before or between: "จํานวน", "นํ้า", "น้ํา"
_SPLIT_AM = regex.compile(rf"([{_TONE}]*)ํ([{_TONE}]*)า")
# Marks over or under one consonant, at least two: "ที่", "ท่ี"
_MARKS = regex.compile(rf"[{_MARK}]{{2,}}")
# A following vowel typed before its tone mark: "นำ้"
_TONE_AFTER_VOWEL = regex.compile(rf"([{_FOLLOWING}])([{_TONE}]+)")
# The same mark or vowel twice: "ที่่", "จะะ"; ๆ and consonants may repeat
_TWICE = regex.compile(rf"([{_MARK}{_FOLLOWING}ใไโ])\1+")
# One written syllable's core: a consonant with what must stand with it: "เส", "ริ", "ม", "ทำ"
_CLUSTER = rf"[{_LEADING}]?[{_CONSONANT}][{_MARK}]*[{_FOLLOWING}]?"
# Two or more of them, single spaces between: "ก ร ม ส่ ง"
_SPACED_OUT = regex.compile(rf"(?<![^\s(\"“]){_CLUSTER}(?: {_CLUSTER})+(?![^\s).,\"”])")
_HAS_MARK = regex.compile(rf"[{_MARK}{_LEADING}{_FOLLOWING}]")
_WORD = regex.compile(rf"[{_CONSONANT}{_LEADING}{_FOLLOWING}{_MARK}]+")
# What the steps before leave for PyThaiNLP, whose regular expressions are slow: "กๅร", "ก่้า"
_LEFT_TO_NORMALISE = regex.compile(rf"ๅ|[{_TONE}]{{2}}")
_QUOTES_AND_SPACES = regex.compile(r"[\s\"“”„'‘’`]+")


def drop_invisible(text: str) -> str:
    """Zero-width characters and soft hyphens go.

    >>> drop_invisible("กรม\\u200bการปกครอง")
    'กรมการปกครอง'
    """
    return str(_INVISIBLE.sub("", text))


def plain_marks(text: str) -> str:
    """Marks and letters as old Thai fonts place them beside tall letters become the plain ones.

    >>> plain_marks("ป\\uf705าไม\\uf70b")
    'ป่าไม้'
    """
    return text.translate(_PLACED)


def plain_spaces(text: str) -> str:
    """Spaces of other widths become plain ones; tabs and line ends, which part columns and lines, stay.

    >>> plain_spaces("ที่\\u00a0มท\\t๑")
    'ที่ มท\\t๑'
    """
    return str(_ODD_SPACE.sub(" ", text))


def close_gaps(text: str) -> str:
    """Spaces go where no word can end or begin: before a mark or a following vowel, after a leading vowel.

    >>> close_gaps("เ ลขท ี่ ก า ร")
    'เลขที่ กา ร'
    """
    return str(_GAP_AFTER_LEADING.sub("", _GAP_BEFORE_MARK.sub("", text)))


def double_e_is_ae(text: str) -> str:
    """Two เ typed for a แ.

    >>> double_e_is_ae("เเผนปฏิบัติการ")
    'แผนปฏิบัติการ'
    """
    return text.replace("เเ", "แ")


def join_am(text: str) -> str:
    """ํ and า are one ำ, also with a tone mark before or between.

    >>> join_am("จํานวน นํ้า น้ํา")
    'จำนวน น้ำ น้ำ'
    """
    return str(_SPLIT_AM.sub(r"\1\2ำ", text))


def order_marks(text: str) -> str:
    """Vowel first, then tone mark, as the keyboard rule (วทท. 2.0) has it; a tone mark before า and ำ.

    >>> order_marks("ท่ี นำ้") == "ที่ น้ำ"
    True
    """
    text = _TONE_AFTER_VOWEL.sub(r"\2\1", text)
    return str(_MARKS.sub(lambda marks: "".join(sorted(marks[0], key=_TONE_LIKE.__contains__)), text))


def single_marks(text: str) -> str:
    """A vowel or mark that stands twice in a row is one.

    >>> single_marks("ที่่") == "ที่", single_marks("ต่าง ๆ กรรม")
    (True, 'ต่าง ๆ กรรม')
    """
    return str(_TWICE.sub(r"\1", text))


def join_spaced_out(text: str) -> str:
    """Words that an OCR engine spaced out letter by letter are joined; a wider space still parts words.

    Four letters or more in a row, one of them with a vowel or tone mark (so that a list of choices,
    ``ก ข ค ง``, stays), or fewer where they make a word of PyThaiNLP's dictionary.

    >>> join_spaced_out("ก ร ม ส่ ง เส ริ ม  กา ร ป ก ค ร อ ง  ก ร ม")
    'กรมส่งเสริม  การปกครอง  กรม'
    >>> join_spaced_out("ข้อ ก ข ค ง"), join_spaced_out("ที่ ก บ ๐๐๒๓")
    ('ข้อ ก ข ค ง', 'ที่ ก บ ๐๐๒๓')
    """

    def joined(run: regex.Match[str]) -> str:
        clusters = str(run[0]).split(" ")
        word = "".join(clusters)
        marked = bool(_HAS_MARK.search(word))
        if len(clusters) >= 4:
            return word if marked else str(run[0])
        is_broken = any(len(cluster) == 1 for cluster in clusters) and (marked or len(clusters) == 3)
        return word if is_broken and word in thai_words() else str(run[0])

    return str(_SPACED_OUT.sub(joined, text))


def pythainlp_words(text: str) -> str:
    """PyThaiNLP's ``normalize`` on each word, where it keeps every letter and vowel (ๅ counts as า).

    >>> pythainlp_words("กๅรประชุม")
    'การประชุม'
    """

    def letters(word: str) -> Counter[str]:
        return Counter(character for character in word.replace("ๅ", "า") if character not in _TONE)

    def normalised(match: regex.Match[str]) -> str:
        word = str(match[0])
        if not _LEFT_TO_NORMALISE.search(word):
            return word
        changed = str(normalize(word))
        return changed if letters(changed) == letters(word) else word

    return str(_WORD.sub(normalised, text))


STEPS: tuple[Callable[[str], str], ...] = (
    drop_invisible,  # first, since what can't be seen parts marks from their letters
    plain_marks,  # before any step looks at marks
    plain_spaces,  # so that the steps on gaps know one space only
    close_gaps,  # before the marks are looked at: "นํ า", "เ เผน"
    double_e_is_ae,
    join_am,  # before ordering, which would part ํ from า by a tone mark
    order_marks,  # brings the same marks side by side …
    single_marks,  # … for this step
    join_spaced_out,  # needs whole clusters
    pythainlp_words,  # last: see the module's head
)
"""The repairs, in the order in which they must run."""


def repair(text: str) -> str:
    """``text`` mended by every step of :data:`STEPS` until none finds anything more to do.

    No consonant or vowel is ever deleted but an exact repetition of a mark, and separate words are
    joined only where the space can't be one. Repairing twice changes nothing.

    >>> repair("เ เผนปฎิบัติกา\\u200bร จํ านวน")
    'แผนปฎิบัติการ จำนวน'
    >>> repair("ก ร ม ส่ ง เ ส ริ ม ก า ร ป ก ค ร อ ง ท้ อ ง ถิ่ น")
    'กรมส่งเสริมการปกครองท้องถิ่น'
    """
    while True:
        mended = text
        for step in STEPS:
            mended = step(mended)
        if mended == text:
            return text
        text = mended


def squeeze(text: str) -> str:
    """A key for comparing: repaired, no spaces and quotation marks, Arabic digits.

    >>> squeeze('มาตรการ “ปรับปรุง” ปี ๒๕๖๕')
    'มาตรการปรับปรุงปี2565'
    """
    return str(_QUOTES_AND_SPACES.sub("", to_arabic(repair(text))))
