"""The facts that gates and signatures look at, gathered from the store."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import polars as pl

from onenumber.consensus.collect import PatchState
from onenumber.cycle.gates import GateFacts, Standing, blockers_of_phase, blockers_of_signature
from onenumber.cycle.phases import Blocker, Phase, Waived, still_closed
from onenumber.cycle.signatures import Signed
from onenumber.cycle.words import FIRM_PERIOD
from onenumber.demand.known import not_loaded
from onenumber.finance.coverage import value_coverage
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.causes import only_time
from onenumber.review.papers.plants import paper_of
from onenumber.steps.frame.accounts import moved_without_word
from onenumber.steps.frame.context import Context, Made
from onenumber.steps.frame.decisions import BUDGET, lines_moved, review_shown, settled, waiting
from onenumber.steps.frame.glance import Glance, glance, rows_in
from onenumber.steps.frame.news import Stand, heard_in
from onenumber.steps.frame.planning import SETTINGS
from onenumber.steps.frame.plants import conflicts_of
from onenumber.steps.frame.seats import called, not_filled, subject_of
from onenumber.steps.frame.submissions import states
from onenumber.store.models import Cycle, Purpose, SheetVersion, SignatureRow, SubmissionRow, WaiverRow

ESCALATED = "shortage_open"
"""The blocker that an escalation settles."""
CANNOT = "plant_cannot"
"""The blocker of what a plant cannot make; an escalation settles it as well."""
WITHOUT_PAPER = "conflict_open"
"""The blocker of what was escalated and has no paper."""
FACTS = {
    "order_lines": "orders", "shipments": "shipments", "production": "production records", "stock": "stock counts",
}  # fmt: skip
"""What tables of facts hold, in the plural."""
SETTLED = (PatchState.ACCEPTED, PatchState.DEFAULTED)


def open_blockers(context: Context, cycle: Cycle) -> tuple[Blocker, ...]:
    """What keeps the cycle's phase from ending and was not waived."""
    look = glance(context)
    waived = waivers_of(cycle, rows_in(look, WaiverRow, cycle))
    return still_closed(blockers_of_phase(Phase(cycle.phase), gate_facts(look, cycle, waived)), waived)


def signature_blockers(context: Context, cycle: Cycle, verb: str) -> tuple[Blocker, ...]:
    """What a signature would vouch for that is open and was not waived."""
    waived = waivers_of(cycle)
    return still_closed(blockers_of_signature(verb, gate_facts(context, cycle, waived)), waived)


def waivers_of(cycle: Cycle, rows: Iterable[WaiverRow] | None = None) -> tuple[Waived, ...]:
    """Every waiver of a cycle that stands: what was let pass of a phase that re-opened is asked again.

    ``rows``: all of the cycle, where they are known.
    """
    found = WaiverRow.objects.filter(cycle=cycle).order_by("pk") if rows is None else rows
    stand = [row for row in found if row.struck_at is None]
    return tuple(Waived(code=r.code, subject=r.subject, person=r.person, reason=r.reason) for r in stand)


def signatures_on(sheet: SheetVersion) -> tuple[Signed, ...]:
    """Every signature on a version, those struck through included."""
    rows = SignatureRow.objects.filter(sheet=sheet).order_by("pk")
    return tuple(
        Signed(
            verb=r.verb, sheet=r.sheet_hash, person=r.person, deputy_for=r.deputy_for, struck=r.struck_at is not None
        )
        for r in rows
    )


def gate_facts(context: Context, cycle: Cycle, waived: Sequence[Waived]) -> GateFacts:
    """Everything the gates of a cycle look at; ``waived`` are all its waivers."""
    look = glance(context)
    made, causes = look.made(cycle), _causes(look, cycle)
    escalated = {one.subject for one in waived if one.code == ESCALATED}
    papers, standings = waiting(look, cycle), _standings(look, cycle, made)
    news = _news(look, cycle, standings)
    return GateFacts(
        sheets=standings,
        coverage=_coverage(look, cycle),
        not_loaded=_not_loaded(look, cycle),
        unfilled=_unfilled(look, cycle),
        open_patches=_open_patches(look, cycle),
        open_news=news.get(Stand.UNDECIDED, ()),
        twice_news=news.get(Stand.TWICE, ()),
        unsaid_accounts=_unsaid_accounts(look, cycle, standings),
        open_shortages=causes,
        plants_cannot=tuple(conflicts_of(look, cycle)) if cycle.phase == Phase.SUPPLY else (),
        open_conflicts=(
            *_open_conflicts(look, cycle, [cause for cause in causes if cause in escalated]),
            *_plants_without_paper(look, cycle, {one.subject for one in waived if one.code == CANNOT}),
        ),
        undecided=papers.undecided,
        moved=(*papers.moved, *lines_moved(look, cycle, lines_outside(look, cycle))),
        over_budget=over_budget(look, cycle),
    )


def undecided(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Papers without a decision, refusal, deferral or default, and those whose figures moved since they had one."""
    papers = waiting(context, cycle)
    return (*papers.undecided, *(one.paper for one in papers.moved))


def lines_waiting(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Budget lines out of tolerance that no executive decided, or that land elsewhere since one did."""
    look = glance(context)
    again = lines_moved(look, cycle, lines_outside(look, cycle))
    return (*over_budget(look, cycle), *(one.paper for one in again))


def over_budget(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Budget lines that the plan lands out of tolerance on, and that no executive decided."""
    lines = lines_outside(glance(context), cycle)
    return _without({row.paper for row in settled(context, cycle)}, lines) if lines else ()


def lines_outside(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Budget lines that the plan lands out of tolerance on, named as the papers that they are decided by."""
    shown = review_shown(context, cycle)
    landing = context.versions.get(shown.content).tables.get("landing") if shown is not None else None
    if landing is None:
        return ()
    lines = landing.filter(pl.col("status") == "outside")
    named = lines.select("account", "place").unique().sort("account", "place")
    return tuple(f"{BUDGET}{account}:{place}" for account, place in named.iter_rows())


def _without(settled: Collection[str], papers: Iterable[str]) -> tuple[str, ...]:
    return tuple(paper for paper in papers if paper not in settled)


def _standings(look: Glance, cycle: Cycle, made: Made) -> dict[tuple[str, str], Standing]:
    signed: dict[int, set[str]] = {version.pk: set() for version in made.values()}
    for row in rows_in(look, SignatureRow, cycle):
        if row.struck_at is None and row.sheet_id in signed:
            signed[row.sheet_id].add(row.verb)
    return {
        (kind.value, stage): Standing(
            made=True, stale_because=version.stale_because, signed=frozenset(signed[version.pk])
        )
        for (kind, stage), version in made.items()
    }


def _coverage(look: Glance, cycle: Cycle) -> float | None:
    """Share of the last year's value with a price and a cost; asked while the data can still be mended."""
    history = look.sheet(SheetKind.HISTORY, cycle) if cycle.phase == Phase.DATA else None
    if history is None:
        return None
    frame = look.frame(cycle)
    return value_coverage(
        value=history.cube("demand_value"), company=look.company(cycle), period=frame.calendar[cycle.index],
        year=frame.calendar.periods_a_year, currency=frame.currency,
    )  # fmt: skip


def _not_loaded(look: Glance, cycle: Cycle) -> tuple[str, ...]:
    """Facts that came every month and not for the last one; asked while they can still be loaded."""
    load = look.sheet(SheetKind.LOAD, cycle) if cycle.phase == Phase.DATA and cycle.index else None
    if load is None:
        return ()
    last = look.frame(cycle).calendar[cycle.index - 1]
    names = not_loaded(load.tables, company=look.company(cycle), period=last)
    return tuple(f"{FACTS[name]} of {last.label}" for name in names)


def _unfilled(look: Glance, cycle: Cycle) -> tuple[tuple[str, str], ...]:
    """What of who does what is nobody's today; asked while the month begins, not of a rehearsal: it plays by itself."""
    held = look.held() if cycle.phase == Phase.DATA and look.plan.purpose != Purpose.REHEARSAL else None
    if held is None:
        return ()
    company = look.company()
    names = called(company, people={}, tells_customers=False)
    found = not_filled(look.today, company=company, held=held, names=names)
    return tuple((one.code, subject) for one in found if (subject := subject_of(one)))


def _open_patches(look: Glance, cycle: Cycle) -> tuple[str, ...]:
    forecast = look.sheet(SheetKind.FORECAST, cycle)
    if forecast is None:
        return ()
    known = states(cycle, rows_in(look, SubmissionRow, cycle))
    patches: list[str] = forecast.cube("L1").axis.groups("patch")[0].tolist()
    return tuple(p for p in patches if known.get(p, PatchState.OPEN) not in SETTLED)


def _news(look: Glance, cycle: Cycle, standings: Mapping[tuple[str, str], Standing]) -> Mapping[Stand, list[str]]:
    """The names of news by where it stands; asked while the planner can still decide."""
    agreed = standings.get((SheetKind.CONSENSUS.value, ""), Standing(made=False))
    if cycle.phase != Phase.DEMAND or "sign_demand" in agreed.signed:
        return {}
    told = heard_in(look, cycle)
    return {stand: [one.name for one in told if one.stand is stand] for stand in Stand}


def _unsaid_accounts(look: Glance, cycle: Cycle, standings: Mapping[tuple[str, str], Standing]) -> tuple[str, ...]:
    """Key accounts that moved and of which nobody said a word; asked until the demand is signed."""
    agreed = standings.get((SheetKind.CONSENSUS.value, ""), Standing(made=False))
    asked = cycle.phase == Phase.DEMAND and "sign_demand" not in agreed.signed
    return moved_without_word(look, cycle) if asked else ()


def _open_conflicts(look: Glance, cycle: Cycle, escalated: Sequence[str]) -> tuple[str, ...]:
    """Escalated causes of shortages without a paper of two costed options, a recommendation and a default."""
    sheet = look.sheet(SheetKind.DECISION, cycle, "papers")
    if sheet is None or not escalated:
        return ()
    return _without(_answered(sheet), escalated)


def _plants_without_paper(look: Glance, cycle: Cycle, passed: Collection[str]) -> tuple[str, ...]:
    """What plants cannot make that went up, is still asked, and has no such paper."""
    sheet = look.sheet(SheetKind.DECISION, cycle, "papers") if passed else None
    if sheet is None:
        return ()
    calendar, known = look.frame(cycle).calendar, set(_whole(sheet)["paper"].to_list())
    still = {name: one for name, one in conflicts_of(look, cycle).items() if name in passed}
    return tuple(
        name for name, one in still.items() if paper_of(one.limit, calendar=calendar, cycle=cycle.index) not in known
    )


def _answered(papers: Sheet) -> set[str]:
    return set(_whole(papers)["subject"].to_list())


def _whole(papers: Sheet) -> pl.DataFrame:
    """The papers with two options, a recommendation and a default."""
    counts = papers.table("options").group_by("paper", maintain_order=True).len()
    counted = papers.table("papers").join(counts, on="paper", how="left", maintain_order="left")
    whole = (pl.col("len").fill_null(0) >= 2) & (pl.col("recommended") != "") & (pl.col("default_option") != "")  # noqa: PLR2004 - two options
    return counted.filter(whole)


def _causes(look: Glance, cycle: Cycle) -> list[str]:
    """What makes the proposed plan short, by name: resources, vendors, items."""
    plan = look.sheet(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    if plan is None:
        return []
    causes: list[str] = plan.table("shortages").select(causes_in(cycle)).to_series().unique().sort().to_list()
    return causes


def causes_in(cycle: Cycle) -> pl.Expr:
    """What the cause of a shortage is called at the gate of a cycle."""
    named = pl.when(pl.col("cause_at") != "").then("cause_at").otherwise("cause")  # no route lies nowhere
    firm = only_time(cycle=cycle.index, firm=SETTINGS.firm_periods)
    return pl.when(firm).then(pl.lit(FIRM_PERIOD)).otherwise(named)
