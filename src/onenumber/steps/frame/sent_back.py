"""Papers that an executive sent back in an earlier cycle: what their owners owe in the cycles after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.decisions import is_line
from onenumber.steps.frame.gates import lines_outside
from onenumber.steps.frame.glance import Glance
from onenumber.store.models import Cycle, DecisionRow

WENT_BACK = ("refused", "deferred")
"""How a decision sends its paper back to an owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """A paper that went back: how, to whom and until when; ``again`` is the paper of the cycle that closes it."""

    row: DecisionRow
    again: str


def sent_back(look: Glance, cycle: Cycle) -> tuple[SentBack, ...]:
    """What earlier cycles sent back and nobody decided or withdrew since, by paper; once a month runs, its own too.

    A paper is closed by the first later cycle that has its subject on the table: that one names the new paper, those
    after it are silent. Of a closed cycle there is nothing to say: what is owed stands in the one after it.
    """
    rows = () if cycle.phase == Phase.CLOSED else _open_rows(look, cycle)
    if not rows:
        return ()
    first = min(row.cycle.index for row in rows)
    since = Cycle.objects.filter(plan=cycle.plan_id, index__gt=first, index__lte=cycle.index).order_by("index")
    tables = [(one, _on_table(look, one)) for one in since]
    found = ((row, *_closing(row, tables)) for row in rows)
    return tuple(SentBack(row=row, again=again) for row, by, again in found if by is None or by.pk == cycle.pk)


def _open_rows(look: Glance, cycle: Cycle) -> tuple[DecisionRow, ...]:
    """The newest decision on each paper that ever went back, where that sent it back before this cycle; one query."""
    if not look.has_ever(DecisionRow, cycle):
        return ()
    ever = DecisionRow.objects.filter(plan=look.plan, how__in=WENT_BACK).values("paper")
    rows = DecisionRow.objects.filter(plan=look.plan, cycle__index__lte=cycle.index, paper__in=ever)
    newest = {row.paper: row for row in rows.select_related("cycle").order_by("pk")}
    end = cycle.index + (cycle.phase == Phase.MONITOR)
    return tuple(row for _, row in sorted(newest.items()) if row.how in WENT_BACK and row.cycle.index < end)


def _on_table(look: Glance, cycle: Cycle) -> frozenset[str]:
    papers = look.sheet(SheetKind.DECISION, cycle, "papers")
    known: list[str] = papers.table("papers")["paper"].to_list() if papers is not None else []
    return frozenset([*known, *lines_outside(look, cycle)])


def _closing(row: DecisionRow, tables: Sequence[tuple[Cycle, frozenset[str]]]) -> tuple[Cycle | None, str]:
    """The first later cycle that has the subject of a paper on the table, and as which paper."""
    for cycle, papers in tables:
        again = _named_in(row, cycle)
        if cycle.index > row.cycle.index and again in papers:
            return cycle, again
    return None, ""


def _named_in(row: DecisionRow, cycle: Cycle) -> str:
    """What the same subject is called in a later cycle: a paper begins with the label of its cycle, a line does not."""
    return row.paper if is_line(row.paper) else cycle.label + row.paper.removeprefix(row.cycle.label)
