"""The audit: it never changes a table that adds up, and undoes exactly one misread cell."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import AuditStatus, Box
from pipeline.plans import audit
from pipeline.plans.readings import RowReading, Totals
from pipeline.plans.values import Reading

amounts = st.integers(0, 10**7).map(lambda satang: Decimal(satang) / 100)
ticks = st.tuples(*[st.booleans()] * 4)


def row(number: int, budget: Decimal, quarters: tuple[bool, ...]) -> RowReading:
    return RowReading(
        item_no=Reading(number, str(number), 1.0),
        title=f"โครงการที่ {number}",
        title_confidence=1.0,
        page=1,
        box=Box(0, number * 30, 1000, number * 30 + 30),
        dimension=None,
        values={
            "budget": Reading(budget, f"{budget:,}", 0.99),
            **{f"q{quarter}": Reading(ticked, "", 0.99) for quarter, ticked in enumerate(quarters, 1)},
        },
        note=None,
        extra=(),
    )


def totals_of(rows: list[RowReading]) -> Totals:
    sums = {name: sum((r.values[name].value for r in rows), Decimal(0)) for name in rows[0].values}
    return Totals({name: Reading(total, str(total), 1.0) for name, total in sums.items()}, 1, end=len(rows))


def changed(record, name: str, reading: Reading):
    """``record`` with another reading of one value."""
    return replace(record, values={**record.values, name: reading})


tables = st.lists(st.tuples(amounts, ticks), min_size=1, max_size=12).map(
    lambda values: [row(number, budget, quarters) for number, (budget, quarters) in enumerate(values, 1)]
)


@given(tables)
def test_a_table_that_adds_up_stays_as_it_is(rows):
    verdict = audit(rows, [totals_of(rows)])
    assert verdict.status is AuditStatus.CONSISTENT
    assert verdict.rows == tuple(rows)
    assert verdict.proven == {
        (place, f) for place in range(len(rows)) for f in ("budget", "q1", "q2", "q3", "q4")
    }


@given(tables, st.data())
def test_one_misread_budget_is_undone_when_the_truth_is_among_its_alternatives(rows, data):
    totals = totals_of(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    truth = rows[place].values["budget"].value
    wrong = data.draw(amounts.filter(lambda amount: amount != truth))
    misread = changed(rows[place], "budget", Reading(wrong, f"{wrong:,}", 0.6, ((truth, 0.3),)))
    verdict = audit([*rows[:place], misread, *rows[place + 1 :]], [totals])
    assert verdict.status is AuditStatus.REPAIRED
    assert verdict.rows[place].values["budget"].value == truth
    assert [(repair.row, repair.field) for repair in verdict.repairs] == [(place, "budget")]
    assert verdict.rows[place].values["budget"].confidence < 0.9, "a concluded value stays doubtful"


@given(tables, st.data())
def test_one_misread_tick_is_undone(rows, data):
    totals = totals_of(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    quarter = data.draw(st.integers(1, 4))
    name = f"q{quarter}"
    right = rows[place].values[name].value
    misread = changed(rows[place], name, Reading(not right, "", 0.6, ((right, 0.4),)))
    verdict = audit([*rows[:place], misread, *rows[place + 1 :]], [totals])
    assert verdict.status is AuditStatus.REPAIRED
    assert verdict.rows[place].values[name].value == right


def test_two_explanations_are_none():
    rows = [row(number, Decimal(100), (False,) * 4) for number in (1, 2)]
    totals = totals_of(rows)
    doubtful = [changed(r, "budget", Reading(Decimal(700), "700", 0.6, ((Decimal(100), 0.4),))) for r in rows]
    verdict = audit(
        [doubtful[0], changed(doubtful[1], "budget", Reading(Decimal(100), "100", 0.6))], [totals]
    )
    assert verdict.status is AuditStatus.REPAIRED
    both = changed(totals, "budget", Reading(Decimal(800), "800", 1.0))
    verdict = audit(doubtful, [both])
    assert verdict.status is AuditStatus.INCONSISTENT
    assert "item 1, item 2" in verdict.note
    assert verdict.rows == tuple(doubtful)


def test_a_misread_total_is_a_possible_explanation():
    rows = [row(1, Decimal(100), (True, False, False, False))]
    totals = changed(totals_of(rows), "budget", Reading(Decimal(700), "700", 0.6, ((Decimal(100), 0.4),)))
    verdict = audit(rows, [totals])
    assert verdict.status is AuditStatus.REPAIRED
    assert verdict.totals[0].values["budget"].value == Decimal(100)
    assert verdict.repairs[0].row is None


def test_one_unreadable_cell_follows_from_the_total():
    rows = [row(1, Decimal(100), (False,) * 4), row(2, Decimal(50), (False,) * 4)]
    totals = totals_of(rows)
    unread = changed(rows[1], "budget", Reading(None, "ขธธ", 0.0))
    verdict = audit([rows[0], unread], [totals])
    assert verdict.status is AuditStatus.REPAIRED
    assert verdict.rows[1].values["budget"].value == Decimal(50)
    assert verdict.rows[1].values["budget"].confidence < 0.9


def test_without_totals_nothing_is_claimed():
    rows = [row(1, Decimal(100), (False,) * 4)]
    assert audit(rows, []).status is AuditStatus.NO_TOTALS


def test_sums_of_parts_and_of_the_whole():
    rows = [row(number, Decimal(100 * number), (False,) * 4) for number in (1, 2, 3)]
    first = replace(totals_of(rows[:2]), end=2)
    second = replace(totals_of(rows[2:]), first=2, end=3)
    whole = totals_of(rows)
    assert audit(rows, [first, second, whole]).status is AuditStatus.CONSISTENT
    misread = changed(rows[2], "budget", Reading(Decimal(800), "800", 0.6, ((Decimal(300), 0.4),)))
    verdict = audit([*rows[:2], misread], [first, second, whole])
    assert verdict.status is AuditStatus.REPAIRED
    assert [repair.row for repair in verdict.repairs] == [2], "the part's repair mends the whole"
    assert verdict.grand_total == whole


def test_a_sum_that_disagrees_blames_the_cells_read_least_surely():
    rows = [row(number, Decimal(100), (False,) * 4) for number in range(1, 9)]
    totals = totals_of(rows)
    certain = [changed(r, "budget", Reading(Decimal(100), "100", 1.0)) for r in rows]
    certain[4] = changed(rows[4], "budget", Reading(Decimal(160), "160", 0.7))
    verdict = audit(certain, [totals])
    assert verdict.status is AuditStatus.INCONSISTENT
    assert verdict.blamed == {(4, "budget")}, "the ticks add up, the other budgets are hardly in doubt"


def test_where_all_cells_were_read_surely_all_are_blamed():
    rows = [row(number, Decimal(100), (False,) * 4) for number in range(1, 9)]
    wrong = changed(rows[4], "budget", Reading(Decimal(160), "160", 0.99))
    verdict = audit([*rows[:4], wrong, *rows[5:]], [totals_of(rows)])
    assert verdict.blamed == {(place, "budget") for place in range(8)}


def test_a_total_that_could_not_be_read_is_told_of():
    rows = [row(1, Decimal(100), (True, False, False, False))]
    unread = changed(totals_of(rows), "budget", Reading(None, "ฃ๐๐.๐๐", 0.0))
    verdict = audit(rows, [unread])
    assert verdict.status is AuditStatus.CONSISTENT
    assert verdict.unread == ("budget",)
    assert verdict.note == "budget: its total could not be read"
    nothing_read = Totals({name: Reading(None, "ฃ", 0.0) for name in unread.values}, 1, end=1)
    verdict = audit(rows, [nothing_read])
    assert verdict.status is AuditStatus.NO_TOTALS
    assert verdict.note == "no total of the table could be read"


def test_of_rows_with_one_number_only_the_repaired_one_is_named():
    rows = [row(1, Decimal(100), (False,) * 4), row(1, Decimal(50), (False,) * 4)]
    totals = totals_of(rows)
    misread = changed(rows[1], "budget", Reading(Decimal(60), "60", 0.6, ((Decimal(50), 0.3),)))
    verdict = audit([rows[0], misread], [totals])
    assert [(repair.row, repair.field) for repair in verdict.repairs] == [(1, "budget")]
