"""The facts that gates and signatures look at, gathered from the store."""

import polars as pl

from onenumber.consensus.collect import PatchState
from onenumber.cycle.gates import GateFacts, Standing, blockers_of_phase, blockers_of_signature
from onenumber.cycle.phases import Blocker, Phase, Waived, still_closed
from onenumber.cycle.signatures import Signed
from onenumber.finance.coverage import value_coverage
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.reading import standing
from onenumber.steps.frame.submissions import states
from onenumber.store.models import Cycle, DecisionRow, SheetVersion, SignatureRow, WaiverRow

BUDGET = "budget:"
"""How the paper of a budget line out of tolerance begins."""
SETTLED = (PatchState.ACCEPTED, PatchState.DEFAULTED)


def open_blockers(context: Context, cycle: Cycle) -> tuple[Blocker, ...]:
    """What keeps the cycle's phase from ending and was not waived."""
    blockers = blockers_of_phase(Phase(cycle.phase), gate_facts(context, cycle))
    return still_closed(blockers, waivers_of(cycle))


def signature_blockers(context: Context, cycle: Cycle, verb: str) -> tuple[Blocker, ...]:
    """What a signature would vouch for that is open and was not waived."""
    return still_closed(blockers_of_signature(verb, gate_facts(context, cycle)), waivers_of(cycle))


def waivers_of(cycle: Cycle) -> tuple[Waived, ...]:
    """Every waiver of a cycle."""
    rows = WaiverRow.objects.filter(cycle=cycle).order_by("pk")
    return tuple(Waived(code=r.code, subject=r.subject, person=r.person, reason=r.reason) for r in rows)


def signatures_on(sheet: SheetVersion) -> tuple[Signed, ...]:
    """Every signature on a version, those struck through included."""
    rows = SignatureRow.objects.filter(sheet=sheet).order_by("pk")
    return tuple(
        Signed(
            verb=r.verb, sheet=r.sheet_hash, person=r.person, deputy_for=r.deputy_for, struck=r.struck_at is not None
        )
        for r in rows
    )


def gate_facts(context: Context, cycle: Cycle) -> GateFacts:
    """Everything the gates of a cycle look at."""
    newest = _newest(cycle)
    known = states(cycle)
    forecast = (SheetKind.FORECAST.value, "") in newest
    return GateFacts(
        sheets={key: _standing(version) for key, version in newest.items()},
        coverage=_coverage(context, newest, cycle),
        open_patches=_open_patches(context, cycle, known) if forecast else (),
        open_shortages=_open_shortages(context, newest, cycle),
        open_conflicts=_open_conflicts(context, newest, cycle),
        undecided=undecided(context, cycle),
        over_budget=over_budget(context, cycle),
    )


def undecided(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Papers without a decision, refusal, deferral or default."""
    papers = context.sheet(SheetKind.DECISION, cycle, "papers")
    if papers is None:
        return ()
    settled = _settled(context, cycle)
    return tuple(p for p in papers.table("papers")["paper"].to_list() if p not in settled)


def over_budget(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Budget lines that the plan lands out of tolerance on, and that no executive decided."""
    settled = _settled(context, cycle)
    return tuple(line for line in lines_outside(context, cycle) if line not in settled)


def lines_outside(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Budget lines that the plan lands out of tolerance on, named as the papers that they are decided by."""
    review = context.sheet(SheetKind.REVIEW, cycle, "final") or context.sheet(SheetKind.REVIEW, cycle)
    if review is None or "landing" not in review.tables:
        return ()
    lines = review.table("landing").filter(pl.col("status") == "outside")
    named = lines.select("account", "place").unique().sort("account", "place")
    return tuple(f"{BUDGET}{account}:{place}" for account, place in named.iter_rows())


def _settled(context: Context, cycle: Cycle) -> set[str]:
    """Papers with a decision, and those that went back to somebody whose day has not passed."""
    rows, today = standing(DecisionRow.objects.filter(cycle=cycle).order_by("pk")), context.now.date()
    return {row.paper for row in rows if row.until is None or row.until >= today}


def _newest(cycle: Cycle) -> dict[tuple[str, str], SheetVersion]:
    rows = SheetVersion.objects.filter(cycle=cycle).order_by("sequence").prefetch_related("signatures")
    return {(row.kind, row.stage): row for row in rows}


def _standing(version: SheetVersion) -> Standing:
    signed = frozenset(row.verb for row in version.signatures.all() if row.struck_at is None)
    return Standing(made=True, stale_because=version.stale_because, signed=signed)


def _coverage(context: Context, newest: dict[tuple[str, str], SheetVersion], cycle: Cycle) -> float | None:
    """Share of the last year's value with a price and a cost; asked while the data can still be mended."""
    history = newest.get((SheetKind.HISTORY.value, ""))
    if history is None or cycle.phase != Phase.DATA:
        return None
    frame, value = context.frame(cycle), context.versions.get(history.content).cube("demand_value")
    return value_coverage(
        value=value, company=context.company(cycle), period=frame.calendar[cycle.index],
        year=frame.calendar.periods_a_year, currency=frame.currency,
    )  # fmt: skip


def _open_patches(context: Context, cycle: Cycle, known: dict[str, PatchState]) -> tuple[str, ...]:
    forecast = context.sheet(SheetKind.FORECAST, cycle)
    patches = forecast.cube("L1").axis.groups("patch")[0].tolist() if forecast is not None else []
    return tuple(p for p in patches if known.get(p, PatchState.OPEN) not in SETTLED)


def _open_shortages(context: Context, newest: dict[tuple[str, str], SheetVersion], cycle: Cycle) -> tuple[str, ...]:
    escalated = _escalated(cycle)
    return tuple(cause for cause in _causes(context, newest) if cause not in escalated)


def _open_conflicts(context: Context, newest: dict[tuple[str, str], SheetVersion], cycle: Cycle) -> tuple[str, ...]:
    """Escalated causes of shortages without a paper of two costed options, a recommendation and a default."""
    decision = newest.get((SheetKind.DECISION.value, "papers"))
    if decision is None:
        return ()
    sheet = context.versions.get(decision.content)
    counts = sheet.table("options").group_by("paper", maintain_order=True).len()
    papers = sheet.table("papers").join(counts, on="paper", how="left", maintain_order="left")
    whole = (pl.col("len").fill_null(0) >= 2) & (pl.col("recommended") != "") & (pl.col("default_option") != "")  # noqa: PLR2004 - two options
    answered, escalated = set(papers.filter(whole)["subject"].to_list()), _escalated(cycle)
    return tuple(c for c in _causes(context, newest) if c in escalated and c not in answered)


def _causes(context: Context, newest: dict[tuple[str, str], SheetVersion]) -> list[str]:
    """What makes the proposed plan short, by name: resources, vendors, items."""
    version = newest.get((SheetKind.SUPPLY_PLAN.value, "proposed"))
    if version is None:
        return []
    short = context.versions.get(version.content).table("shortages")
    where = pl.when(pl.col("cause_at") != "").then("cause_at").otherwise("cause")  # no route lies nowhere
    causes: list[str] = short.select(where).to_series().unique().sort().to_list()
    return causes


def _escalated(cycle: Cycle) -> set[str]:
    return set(WaiverRow.objects.filter(cycle=cycle, code="shortage_open").values_list("subject", flat=True))
