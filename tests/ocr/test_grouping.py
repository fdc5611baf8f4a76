"""Which strips are read together."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ocr.network import _COLUMNS_AT_ONCE, _WIDTH_STEP, _groups


@given(st.lists(st.integers(1, 4096), max_size=60))
def test_every_strip_is_read_once_with_others_of_like_width(widths: list[int]) -> None:
    groups = list(_groups(widths))
    assert sorted(index for group in groups for index in group) == list(range(len(widths)))
    assert [widths[i] for group in groups for i in group] == sorted(widths)
    for group in groups:
        columns = len(group) * (max(widths[i] for i in group) + _WIDTH_STEP)
        assert len(group) == 1 or columns <= _COLUMNS_AT_ONCE + len(group) * _WIDTH_STEP
