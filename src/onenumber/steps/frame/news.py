"""The news of a cycle and where each stands: in the salesperson's number, in the plan, out of it, or undecided."""

from dataclasses import dataclass
from enum import StrEnum

from onenumber.consensus.collect import PatchState
from onenumber.consensus.news import Taken
from onenumber.errors.steps import BadArgumentError
from onenumber.model.cube import Cube
from onenumber.steps.frame.standing import standing_edits
from onenumber.steps.frame.submissions import states
from onenumber.store.models import Cycle, EditRow, Layer, News, TriageRow

LAYER = "L3"
"""The layer of accepted news and events."""


class Stand(StrEnum):
    """Where news stands: in exactly one of these."""

    IN_NUMBER = "in the sales figure"
    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One news: its number in the cycle, where it stands, what was decided on it last, and its edit that stands."""

    number: int
    row: News
    stand: Stand
    decided: TriageRow | None
    edit: EditRow | None

    @property
    def likely(self) -> float | None:
        """By how many percent of the baseline: as the planner sees it, else as it was told."""
        return self.decided.likely if self.decided is not None else self.row.likely

    @property
    def probability(self) -> float | None:
        """How probable: as the planner sees it, else as it was told."""
        return self.decided.probability if self.decided is not None else self.row.probability

    def columns(self, like: Cube) -> range:
        """The periods of a horizon that it is about: all of them where it names none."""
        first = like.first if self.row.first is None else self.row.first
        last = like.first + like.periods if self.row.periods is None else first + self.row.periods
        low, high = max(first, like.first), min(last, like.first + like.periods)
        return range(low - like.first, max(high, low) - like.first)


def heard_in(cycle: Cycle) -> tuple[Heard, ...]:
    """All news of a cycle, by number.

    News is in the sales figure as long as that figure counts: where a patch was defaulted, rule R1 knows no news. News
    that was taken in and whose edit was taken back, or could not be replayed on a new forecast, is undecided again.
    """
    rows = list(News.objects.filter(cycle=cycle).order_by("pk"))
    if not rows:
        return ()
    last = {row.news_id: row for row in TriageRow.objects.filter(cycle=cycle).order_by("pk")}
    layers = Layer.objects.filter(cycle=cycle, code=LAYER, rebased_to=None)
    edits = {row.news_id: row for row in standing_edits(tuple(layers)) if row.news_id is not None}
    defaulted = {patch for patch, state in states(cycle).items() if state is PatchState.DEFAULTED}
    return tuple(
        Heard(
            number=number, row=row, decided=last.get(row.pk), edit=edits.get(row.pk),
            stand=_stand(row, last.get(row.pk), edits.get(row.pk), counts=row.patch not in defaulted),
        )
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip


def _stand(row: News, decided: TriageRow | None, edit: EditRow | None, *, counts: bool) -> Stand:
    if edit is not None:
        return Stand.IN
    if row.in_number and counts:
        return Stand.IN_NUMBER
    return Stand.OUT if decided is not None and decided.taken == Taken.OUT.value else Stand.UNDECIDED


def heard(cycle: Cycle, number: int) -> Heard:
    """One news by its number.

    Raises:
        BadArgumentError: if the cycle has no such news.
    """
    all_of_it = heard_in(cycle)
    if not 1 <= number <= len(all_of_it):
        known = f"1 to {len(all_of_it)}; `onenumber risks` lists them" if all_of_it else "none yet"
        reason = f"the news of {cycle.label} is numbered: {known}"
        raise BadArgumentError(step="triage", argument="news", value=number, reason=reason)
    return all_of_it[number - 1]
