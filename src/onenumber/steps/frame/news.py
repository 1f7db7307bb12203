"""The news of a cycle and where each stands: in the salesperson's number, in the plan, out of it, or undecided."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from onenumber.consensus.collect import GIVEN, PatchState
from onenumber.consensus.news import Taken
from onenumber.errors.steps import BadArgumentError
from onenumber.model.cube import Cube
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import cycle_earlier, rows_in
from onenumber.steps.frame.standing import edits_alone
from onenumber.steps.frame.submissions import states
from onenumber.store.models import Cycle, EditRow, Layer, News, SubmissionRow, TriageRow

HEARD = "heard"
"""Where a look keeps the news of a cycle that it has gathered."""
LAYER = "L3"
"""The layer of accepted news and events."""


class Stand(StrEnum):
    """Where news stands: in exactly one of these."""

    IN_NUMBER = "in the sales figure"
    TWICE = "in the sales figure and in L3"  # taken in while that figure did not count
    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


HELD_BY_SALES = (Stand.IN_NUMBER, Stand.TWICE)
"""Where a sales figure that counts holds the news already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One news: its number in its cycle, where it stands, what was decided on it last, and its edit that stands.

    ``of`` is the label of the earlier cycle in which it was shared; empty for the cycle's own.
    """

    number: int
    of: str
    row: News
    stand: Stand
    decided: TriageRow | None
    edit: EditRow | None

    @property
    def name(self) -> str:
        """What it is called in its cycle and in later ones."""
        return f"{self.number} of {self.of}" if self.of else str(self.number)

    @property
    def likely(self) -> float | None:
        """By how many percent of the baseline: as the planner sees it, else as it was told."""
        return self.decided.likely if self.decided is not None else self.row.likely

    @property
    def probability(self) -> float | None:
        """How probable: as the planner sees it, else as it was told."""
        return self.decided.probability if self.decided is not None else self.row.probability

    def columns(self, like: Cube) -> range:
        """The periods of a horizon that it is about: all that its own cycle had ahead where it names none."""
        months = _months(self.row, like.periods)
        low, high = max(months.start, like.first), min(months.stop, like.first + like.periods)
        return range(low - like.first, max(high, low) - like.first)


def _months(row: News, horizon: int) -> range:
    """The months that news is about, by their index in the calendar."""
    first = row.cycle.index if row.first is None else row.first
    return range(first, row.cycle.index + horizon if row.periods is None else first + row.periods)


def heard_in(context: Context, cycle: Cycle) -> tuple[Heard, ...]:
    """All news that a cycle has to do with: what lives on of earlier ones, then its own; each by its number.

    News lives on while it has months ahead, with what was decided on it: out, it stays out; in, while its edit lives
    on; undecided, it is to be decided. What is in the sales figure of its own cycle is the reason of that figure and
    ends with it.

    News is in the sales figure as long as that figure counts: where a patch was defaulted, rule R1 knows no news. News
    that was taken in and whose edit was taken back, or could not be replayed on a new forecast, is undecided again.
    What was taken in for a patch that was defaulted counts twice once the figure that holds it is handed in after all.
    """
    return tuple(context.gathered(HEARD, cycle, lambda: _heard_in(context, cycle)))


def _heard_in(context: Context, cycle: Cycle) -> list[Heard]:
    told = _told(context, cycle)
    if not told:
        return []
    rows = [row for _, row in told]
    last = {row.news_id: row for row in _decided(context, cycle, rows)}
    edits = _edits(context, cycle)
    patches = states(cycle, rows_in(context, SubmissionRow, cycle))
    return [
        Heard(
            number=number, of="" if row.cycle_id == cycle.pk else row.cycle.label, row=row, decided=last.get(row.pk),
            edit=edits.get(row.pk),
            stand=_stand(
                row, last.get(row.pk), edits.get(row.pk), patches.get(row.patch, PatchState.OPEN),
                own=row.cycle_id == cycle.pk,
            ),
        )
        for number, row in told
    ]  # fmt: skip


def _decided(context: Context, cycle: Cycle, rows: Collection[News]) -> Iterable[TriageRow]:
    """What was decided on news up to a cycle."""
    if not context.has_ever(TriageRow, cycle):
        return ()
    return TriageRow.objects.filter(news__in=rows, cycle__index__lte=cycle.index).order_by("pk")


def _told(context: Context, cycle: Cycle) -> list[tuple[int, News]]:
    """The news with its number in its own cycle: all of this one, and of earlier ones what lives on."""
    ever = news_ever(context, cycle)
    if not ever:  # before any, no horizon is asked for
        return []
    horizon = context.frame(cycle).horizon
    numbered = list(_numbered(row for row in ever if row.cycle.index > cycle.index - horizon))
    figures = _in_figures([row for _, row in numbered if row.in_number and row.cycle_id != cycle.pk])
    return [
        (number, row)
        for number, row in numbered
        if row.cycle_id == cycle.pk or (_months(row, horizon).stop > cycle.index and row.pk not in figures)
    ]


def news_ever(context: Context, cycle: Cycle) -> list[News]:
    """All news up to a cycle, with its own cycle, by cycle and in the order in which it was shared."""
    if not context.has_ever(News, cycle):
        return []
    return context.gathered(News.__name__, cycle, lambda: _news_up_to(cycle))


def _news_up_to(cycle: Cycle) -> QuerySet[News]:
    known = News.objects.filter(plan=cycle.plan_id, cycle__index__lte=cycle.index)
    return known.select_related("cycle").order_by("cycle__index", "pk")


def _numbered(rows: Iterable[News]) -> Iterator[tuple[int, News]]:
    """Each news with its place in its cycle."""
    counts: dict[int, int] = {}
    for row in rows:
        counts[row.cycle_id] = counts.get(row.cycle_id, 0) + 1
        yield counts[row.cycle_id], row


def _in_figures(rows: Collection[News]) -> set[int]:
    """The keys of the news that is in a figure which counted in its own cycle."""
    cycles = {row.cycle_id for row in rows}
    written = SubmissionRow.objects.filter(cycle__in=cycles).order_by("pk") if cycles else ()
    last = {(row.cycle_id, row.patch): row.state for row in written}
    return {row.pk for row in rows if last.get((row.cycle_id, row.patch)) != PatchState.DEFAULTED.value}


def _edits(context: Context, cycle: Cycle) -> Mapping[int, EditRow]:
    """The edit of each news that stands: until the first baseline takes it over, that of the cycle before."""
    before = cycle_earlier(context, cycle)
    stands = cycle if before is None or context.version(SheetKind.FORECAST, cycle) is not None else before
    typed = (one for one in rows_in(context, Layer, stands) if one.code == LAYER and one.last_sequence)
    layers = tuple(one for one in typed if one.rebased_to_id is None)
    return {row.news_id: row for row in edits_alone(layers) if row.news_id is not None} if layers else {}


def _stand(row: News, decided: TriageRow | None, edit: EditRow | None, patch: PatchState, *, own: bool) -> Stand:
    """Where it stands; ``own``: in the cycle in which it was shared. Out of a later one it is until a figure is in."""
    is_out = decided is not None and decided.taken == Taken.OUT.value
    if edit is not None:
        return Stand.TWICE if row.in_number and patch in GIVEN else Stand.IN
    if row.in_number and (patch in GIVEN or (patch is not PatchState.DEFAULTED and (own or not is_out))):
        return Stand.IN_NUMBER
    return Stand.OUT if is_out else Stand.UNDECIDED


def heard(context: Context, cycle: Cycle, number: int, *, of: str = "") -> Heard:
    """One news by its number in the cycle in which it was shared: an earlier one where ``of`` names it.

    Raises:
        BadArgumentError: if the cycle has no such news, or it does not live on in this one.
    """
    shared = "" if of == cycle.label else of
    there = {one.number: one for one in heard_in(context, cycle) if one.of == shared}
    if number not in there:
        numbers = ", ".join(str(known) for known in there) if shared else f"1 to {len(there)}"
        lives = f" that lives on in {cycle.label}" if shared else ""
        known = f"{numbers}; `onenumber risks` lists them" if there else "none yet"
        reason = f"the news of {shared or cycle.label}{lives} is numbered: {known}"
        raise BadArgumentError(step="triage", argument="news", value=number, reason=reason)
    return there[number]
