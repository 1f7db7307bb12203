"""From conflicts to papers: conflicts with one cause make one paper, if there is anything to choose."""

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.model.cube import Values
from onenumber.model.sheet import Sheet
from onenumber.model.validity import valid_on
from onenumber.review.ground import Ground
from onenumber.review.papers.carried import free_run
from onenumber.review.papers.paper import Option, Paper
from onenumber.review.papers.stakes import stakes_without_price
from onenumber.review.papers.windows import start_in
from onenumber.supply.differences import (
    Difference,
    DoNothing,
    FairShare,
    MoveWindow,
    Overtime,
    Precedence,
    SecondSource,
    Single,
)

MOST_PAPERS, EVERY = 7, 10_000
MOST_WAYS = 2
"""Ways to have more of what is scarce, beside who goes first, fair share and doing nothing."""
CONTENTION = "C-11"
FULL = 0.5
"""Hours left in a period under which a resource is full in it."""


def candidates(
    *, review: Sheet, plan: Sheet, ground: Ground, in_force: Sequence[Difference] = (), limit: int = MOST_PAPERS
) -> tuple[Paper, ...]:
    """At most ``limit`` papers, the most severe first; a conflict with nothing to choose makes none.

    Conflicts whose money is not known come after those whose is, by what they leave short: see
    :func:`onenumber.review.papers.stakes.stakes_without_price`.

    Options by cause: a resource may get overtime that needs a decision, a maintenance window in the way may move to
    where it may go, and divisions that compete for it may go first in turn or share fairly; a bought item, or what a
    vendor sells, may come from a second source. What is ``in_force`` is not offered again. Doing nothing is always the
    last option.
    """
    conflicts = review.table("conflicts").filter(pl.col("cause").str.contains(SEPARATOR, literal=True))
    groups = [rows for _, rows in conflicts.group_by("cause", maintain_order=True)]
    stakes = stakes_without_price(plan, ground)
    papers: list[Paper] = []
    for rows in sorted(groups, key=lambda rows: _place(rows, stakes)):
        if len(papers) >= limit:
            break
        found = _paper(rows, plan, ground, in_force, stakes)
        papers += [found] if found is not None else []
    return tuple(papers)


def _place(rows: pl.DataFrame, stakes: Mapping[str, float]) -> tuple[bool, float]:
    """Where a cause comes: in the order of the conflicts where its money is known, else after them by what is short."""
    unknown = _at_risk(rows, stakes) is None
    return unknown, -stakes[rows["cause"][0]] if unknown else 0.0


def _paper(
    rows: pl.DataFrame, plan: Sheet, ground: Ground, in_force: Sequence[Difference], stakes: Mapping[str, float]
) -> Paper | None:
    worst = rows.row(0, named=True)
    kind, subject = worst["cause"].split(SEPARATOR, 1)
    span, rivalry = _span(rows), rows.filter(pl.col("code") == CONTENTION)
    rivals = _labels(rivalry["divisions"])
    ways = list(beside(in_force, _differences(kind, subject, span, plan, ground)))[:MOST_WAYS]
    order = _precedence(subject, _contested(rows, plan, subject), rivals) if kind == "resource" else ()
    real = [*ways, *beside(in_force, order)]
    if not real or _at_risk(rows, stakes) == 0:
        return None
    options = [
        Option(option=letter, difference=difference)
        for letter, difference in zip(string.ascii_uppercase, [*real, DoNothing()], strict=False)
    ]
    label = ground.frame.calendar[ground.cycle].label
    name = subject if kind == "resource" else f"{kind}-{subject.replace(SEPARATOR, '@')}"
    question = _question(real)
    about = _span(rivalry) if question == "who_goes_first" else span  # not what is late from the months before
    return Paper(
        paper=f"{label}-{name}", conflict=worst["conflict"], code=worst["code"],
        question=question, subject=subject, first_period=about.start, last_period=about.stop - 1,
        divisions=_labels(rows["divisions"]), money_at_risk=_at_risk(rows, stakes),
        penalty=max(rows["penalty"].fill_null(0).to_list()),
        deadline=min(rows["deadline"].to_list()), default=_default(options),
        options=tuple(options), streams=_streams(plan, subject),
    )  # fmt: skip


def _span(rows: pl.DataFrame) -> range:
    """The periods of some conflicts."""
    return range(min(rows["first_period"].to_list()), max(rows["last_period"].to_list()) + 1)


def beside(in_force: Sequence[Difference], offered: Iterable[Single]) -> Iterator[Single]:
    """What is offered, without what is in force: of hours and turns the periods that are still open."""
    for way in offered:
        match way:
            case Overtime():
                mine = [
                    d for d in in_force if isinstance(d, Overtime) and (d.resource, d.step) == (way.resource, way.step)
                ]
                yield from _open_part(way, mine)
            case Precedence() | FairShare():
                turns = [d for d in in_force if isinstance(d, Precedence | FairShare) and d.resource == way.resource]
                yield from _open_part(way, turns)
            case MoveWindow():
                moved = [d.window for d in in_force if isinstance(d, MoveWindow)]
                yield from [way] if way.window not in moved else []
            case _:
                yield from [way] if way not in in_force else []


def _open_part(
    way: Overtime | Precedence | FairShare, held: Sequence[Overtime | Precedence | FairShare]
) -> Iterator[Single]:
    run = free_run(range(way.first, way.first + way.periods), held)
    if run:
        yield replace(way, first=run.start, periods=len(run))


def _contested(rows: pl.DataFrame, plan: Sheet, resource: str) -> range:
    """The periods for which precedence is asked: from where divisions compete to where most is short.

    Who is served counts when they end; to the last late unit everybody is, and going first would change nothing.
    """
    contention = rows.filter(pl.col("code") == CONTENTION)["first_period"].to_list()
    short = plan.table("shortages").filter(pl.col("cause_at") == resource)
    by_period = short.group_by("period").agg(pl.col("short").sum()).sort("short", "period", descending=[True, False])
    if not contention or not len(by_period):
        return range(0)
    return range(min(contention), int(by_period["period"][0]) + 1)


def _at_risk(rows: pl.DataFrame, stakes: Mapping[str, float]) -> int | None:
    """The most that one conflict of the group puts at risk: they count the same short units; None without a price."""
    most = max(int(amount) for amount in rows["money_at_risk"].fill_null(0).to_list())
    return None if most == 0 and rows["cause"][0] in stakes else most


def _labels(joined: pl.Series) -> tuple[str, ...]:
    """Every label of some cells that hold joined ones, sorted."""
    return tuple(sorted({label for cell in joined.drop_nulls() for label in cell.split(SEPARATOR) if label}))


def _streams(plan: Sheet, subject: str) -> tuple[str, ...]:
    short = plan.table("shortages").filter(pl.col("cause_at") == subject)
    return tuple(short["stream"].unique().sort().to_list())


def _question(real: Sequence[Difference]) -> str:
    if any(isinstance(d, Precedence) for d in real):
        return "who_goes_first"
    return "other_source" if isinstance(real[0], SecondSource) else "more_hours"


def _default(options: list[Option]) -> str:
    """Fair share where divisions compete, else nothing."""
    fair = [o.option for o in options if isinstance(o.difference, FairShare)]
    return fair[0] if fair else options[-1].option


def _differences(kind: str, subject: str, span: range, plan: Sheet, ground: Ground) -> Iterator[Single]:
    match kind:
        case "resource":
            yield from overtime_of(subject, span, ground)
            yield from _windows(subject, span, plan, ground)
        case "cell" if SEPARATOR in subject:  # where no rule says from where to serve, there is no cell to source
            item, site = subject.split(SEPARATOR, 1)
            yield from sources_of((pl.col("item") == item) & (pl.col("site") == site), ground)
        case "vendor":
            sold = valid_on(ground.master("vendor_items"), ground.as_of).filter(pl.col("vendor") == subject)
            yield from sources_of(pl.col("item").is_in(sold["item"].to_list()) & (pl.col("vendor") != subject), ground)
        case _:
            return


def overtime_of(resource: str, span: range, ground: Ground) -> Iterator[Single]:
    """The overtime of a line that needs a decision, step by step."""
    rows = valid_on(ground.master("overtime"), ground.as_of)
    mine = rows.filter((pl.col("resource") == resource) & pl.col("needs_decision").fill_null(value=False)).sort("step")
    for step in mine["step"].to_list():
        yield Overtime(resource=resource, step=step, first=span.start, periods=len(span))


def _windows(resource: str, span: range, plan: Sheet, ground: Ground) -> Iterator[Single]:
    """Each movable window in the way, moved to the start of the freest period that it may go to.

    In the way is also what lies in the full periods right before: what is short could have been built ahead in them.
    The firm first period is over before the executive can decide: nothing moves into it.
    """
    calendar = ground.frame.calendar
    free = plan.cube("hours_available")
    left = (free.values - plan.cube("hours_used").values)[free.axis.rows([resource])[0]]
    span = _with_full_before(span, left, first=free.first)
    first, end = calendar[span.start].start, calendar[span.stop - 1].end
    rows = ground.master("maintenance").filter(
        (pl.col("resource") == resource) & pl.col("movable") & (pl.col("start") < end) & (pl.col("end") > first)
    )
    for row in rows.sort("window").iter_rows(named=True):
        free_from = {
            index: start_in(calendar[index], earliest=row["earliest"], latest=row["latest"]) for index in free.indices
        }  # fmt: skip
        places = [
            (float(left[index - free.first]), -index, start)
            for index, start in free_from.items()
            if start is not None and index not in span and index > ground.cycle
        ]
        if places:
            yield MoveWindow(window=row["window"], start=max(places)[2])


def _with_full_before(span: range, left: Values, *, first: int) -> range:
    start = span.start
    while start > first and left[start - 1 - first] < FULL:
        start -= 1
    return range(start, span.stop)


def _precedence(resource: str, span: range, divisions: tuple[str, ...]) -> Iterator[Single]:
    if len(divisions) < 2:  # noqa: PLR2004 - nobody to compete with
        return
    for leader in divisions[:2]:
        order = (leader, *(d for d in divisions if d != leader))
        yield Precedence(resource=resource, first=span.start, periods=len(span), order=order)
    yield FairShare(resource=resource, first=span.start, periods=len(span))


def sources_of(which: pl.Expr, ground: Ground) -> Iterator[Single]:
    """The vendors that need a decision, of the items and sites asked for."""
    rows = valid_on(ground.master("vendor_items"), ground.as_of)
    second = rows.filter(which & pl.col("needs_decision").fill_null(value=False)).sort("item", "vendor", "site")
    for row in second.iter_rows(named=True):
        yield SecondSource(vendor=row["vendor"], item=row["item"], site=row["site"])
