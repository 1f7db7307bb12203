"""The Decision sheet: first the papers on the table, then what was decided, as constraints with dates."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import polars as pl

from onenumber.errors.review import DecisionsClashError
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.ground import Ground
from onenumber.review.money import plan_money
from onenumber.review.papers.compare import (
    Solved,
    Valued,
    compare,
    customers_table,
    effects_table,
    minus,
    options_table,
    own_service,
    valued,
)
from onenumber.review.papers.paper import Paper
from onenumber.review.worth import rates_of
from onenumber.supply.differences import Difference, DoNothing, FairShare, Precedence, from_json, singly

LIMITED = "plant_limit"
"""The kind of option that says what a plant cannot make."""
LIMITS: Mapping[str, float] = MappingProxyType({"D1": 0.001, "D2": 0.01, "D3": 0.03})
"""Most that a level may decide, as a share of a month's revenue of the divisions concerned (domain.md §8.3)."""
CHANGED = 0.10
"""A paper whose effect in the final plan differs by more than this share from what it promised is named."""
NEGLIGIBLE = 0.001
"""A change below this share of what is at risk is none, however small the amount was that changed."""
PAPERS = pl.Schema(
    {
        "paper": pl.String, "conflict": pl.String, "code": pl.String, "question": pl.String, "subject": pl.String,
        "first_period": pl.Int64, "last_period": pl.Int64, "divisions": pl.String, "level": pl.String,
        "money_at_risk": pl.Int64, "penalty": pl.Int64, "deadline": pl.Date, "recommended": pl.String,
        "default_option": pl.String, "state": pl.String,
    }
)  # fmt: skip
CARRIED = pl.Schema({"paper": pl.String, "option": pl.String, "decided_by": pl.String, "difference": pl.String})
"""Columns of what earlier cycles decided and is still in force."""
DECISIONS = pl.Schema({"paper": pl.String, "option": pl.String, "decided_by": pl.String, "how": pl.String})


def decision_sheet(*, papers: Sequence[Paper], base: Sheet, solved: Solved, ground: Ground) -> Sheet:
    """The papers with their options compared: tables ``papers``, ``options``, ``effects``, ``customers``, ``streams``.

    Recommended is the option that costs least net of the sales it gains; where that is not known, the one that loses
    fewest units, then the one with fewest late. Of equals the one with less extra cost, then doing nothing, then the
    first. Doing nothing is not recommended where a plant says that it cannot make the plan: it costs nothing only on
    paper. The note ``papers_unpriced`` is there where the money of some papers is not known.
    """
    compared = compare(papers=papers, base=base, solved=solved, ground=ground)
    options = options_table(papers, compared)
    best, revenue = cheapest(options), _monthly_revenue(base, ground)
    rows = [
        {
            "paper": p.paper, "conflict": p.conflict, "code": p.code, "question": p.question, "subject": p.subject,
            "first_period": p.first_period, "last_period": p.last_period, "divisions": "|".join(p.divisions),
            "level": level_of(p, sum(revenue.get(division, 0) for division in p.divisions)),
            "money_at_risk": p.money_at_risk, "penalty": p.penalty,
            "deadline": p.deadline, "recommended": best[p.paper], "default_option": p.default, "state": "open",
        }
        for p in papers
    ]  # fmt: skip
    streams = [{"paper": p.paper, "stream": stream} for p in papers for stream in p.streams]
    return Sheet(
        kind=SheetKind.DECISION,
        tables={
            "papers": pl.DataFrame(rows, schema=PAPERS),
            "options": options,
            "effects": effects_table(compared),
            "customers": customers_table(compared),
            "streams": pl.DataFrame(streams, schema={"paper": pl.String, "stream": pl.String}),
        },
        notes={"stage": "papers", "papers": len(papers), "options": len(options), **_unpriced(rows, options)},
    )


def _unpriced(rows: Sequence[Mapping[str, object]], options: pl.DataFrame) -> dict[str, int]:
    """How many papers lack what is at risk, or what their options cost net; nothing where none does."""
    netless = options.filter(pl.col("net_cost").is_null())["paper"].to_list()
    unknown = {str(row["paper"]) for row in rows if row["money_at_risk"] is None}.union(netless)
    return {"papers_unpriced": len(unknown)} if unknown else {}


def cheapest(options: pl.DataFrame) -> dict[str, str]:
    """The option to recommend for each paper: see :func:`decision_sheet`."""
    acts = pl.col("kind") != "do_nothing"
    cannot_stand = (pl.col("kind") == LIMITED).any().over("paper")
    options = options.filter(acts | ~cannot_stand)
    unknown = pl.col("net_cost").is_null()
    units = [pl.when(unknown).then(pl.col(name).round(6)) for name in ("lost_units", "late_units")]
    best = options.sort("paper", "net_cost", *units, "extra_cost", acts, "option", nulls_last=True)
    return dict(best.unique("paper", keep="first", maintain_order=True).select("paper", "option").iter_rows())


def level_of(paper: Paper, monthly_revenue: int) -> str:
    """Who decides: D1 to D3 by money at risk against a month's revenue of its divisions; D4 is the executive.

    Hers is what is above, what divisions compete for, whose money is not known, and what no revenue is known to hold
    against.
    """
    if any(isinstance(option.difference, Precedence) for option in paper.options) or monthly_revenue <= 0:
        return "D4"
    if paper.money_at_risk is None:
        return "D4"
    share = (paper.money_at_risk + paper.penalty) / monthly_revenue
    return next((level for level, limit in LIMITS.items() if share <= limit), "D4")


def _monthly_revenue(base: Sheet, ground: Ground) -> dict[str, int]:
    """Revenue of each division in a mean month of the plan."""
    money = plan_money(base, ground).filter(pl.col("account") == "revenue")
    total = money.group_by("place", maintain_order=True).agg(pl.col("amount").sum())
    return {division: amount // len(ground.periods) for division, amount in total.iter_rows()}


def decided_sheet(papers: Sheet, decisions: pl.DataFrame, carried: pl.DataFrame) -> Sheet:
    """The papers with what became of each. ``decisions`` (paper, option, decided_by, how) has one row per paper.

    ``carried`` is what earlier cycles decided and is still in force.
    """
    state = pl.col("how").fill_null("open").alias("state")
    table = papers.table("papers").drop("state")
    table = table.join(decisions.select("paper", "how"), on="paper", how="left", maintain_order="left")
    return Sheet(
        kind=SheetKind.DECISION,
        tables={
            **papers.tables,
            "papers": table.with_columns(state).drop("how").cast(PAPERS),
            "decisions": decisions.cast(DECISIONS).sort("paper"),
            "carried": carried.cast(CARRIED),
        },
        notes={"stage": "decided", "papers": len(table), "decided": len(decisions)},
    )


def chosen(papers: Sheet, decisions: pl.DataFrame, in_force: Sequence[Difference] = ()) -> tuple[Difference, ...]:
    """Everything decided, as the differences of one plan, in the order of the papers; nothing for a no.

    It stands beside what is ``in_force`` from earlier cycles.

    Raises:
        DecisionsClashError: if two of them say who goes first on one resource in one period.
    """
    taken = decisions.filter(pl.col("option") != "").select("paper", "option")
    rows = papers.table("options").join(taken, on=["paper", "option"], how="inner", maintain_order="left")
    differences = singly(from_json(text) for text in rows["difference"].to_list())
    _refuse_clash([*in_force, *differences])
    return tuple(d for d in dict.fromkeys(differences) if not isinstance(d, DoNothing))


def _refuse_clash(differences: Sequence[Difference]) -> None:
    held: dict[tuple[str, int], Difference] = {}
    for difference in differences:
        if isinstance(difference, Precedence | FairShare):
            for period in range(difference.first, difference.first + difference.periods):
                other = held.setdefault((difference.resource, period), difference)
                if other != difference:
                    raise DecisionsClashError(resource=difference.resource, period=period)


def kept_table(*, decided: Sheet, base: Sheet, final: Sheet, ground: Ground) -> pl.DataFrame:
    """What each decided paper promised net, and what the final plan, with all decisions, gives it.

    Net is what its own streams gain less their waiting and penalties (``own_service``) less what is paid for it
    (``own_cost``). What is paid is of no stream: what all papers together cost more or less than they promised is
    shared by what each promised, so that the papers add up to the final plan. Null where prices or costs are not known.
    Columns: paper, promised, final (minor units), changed (differs by more than 10 %, and 0.1 % of what is at risk).
    """
    rows = decided.table("decisions").join(decided.table("options"), on=["paper", "option"], how="inner").sort("paper")
    of_paper, rates = decided.table("streams"), rates_of(base, ground)
    at_risk = dict(decided.table("papers").select("paper", "money_at_risk").iter_rows())
    before, after = (valued(plan, rates=rates, ground=ground) for plan in (base, final))
    shares = _shares(rows["own_cost"].to_list(), before=before, after=after)
    found = []
    for row, share in zip(rows.iter_rows(named=True), shares, strict=True):
        streams = of_paper.filter(pl.col("paper") == row["paper"])["stream"].to_list()
        promised = minus(row["own_service"], row["own_cost"])
        minor = minus(minus(own_service(after, base=before, streams=streams), row["own_cost"]), share)
        far = None if promised is None or minor is None else is_far(minor, was=promised, at_risk=at_risk[row["paper"]])
        found.append((row["paper"], promised, minor, far))
    schema = {"paper": pl.String, "promised": pl.Int64, "final": pl.Int64, "changed": pl.Boolean}
    return pl.DataFrame(found, schema=schema, orient="row")


def _shares(costs: Sequence[int | None], *, before: Valued, after: Valued) -> Sequence[int | None]:
    """What was paid beyond what the papers promised, shared among them; None where a cost is not known."""
    known, paid = [cost for cost in costs if cost is not None], minus(after.paid, before.paid)
    if paid is None or len(known) < len(costs):
        return [None] * len(costs)
    return _shared(paid - sum(known), [abs(cost) for cost in known])


def _shared(minor: int, weights: Sequence[int]) -> list[int]:
    """An amount in whole minor units by weights, evenly where they are all 0; it adds up to the amount."""
    used = weights if any(weights) else [1] * len(weights)
    total = sum(used)
    sums = [round(minor * sum(used[:k]) / total) for k in range(len(used) + 1)] if used else [0]
    return [after - before for before, after in pairwise(sums)]


def is_far(minor: int, *, was: int, at_risk: int | None = None) -> bool:
    """Whether an amount differs by more than 10 % from what it was, and by more than 0.1 % of what is at risk.

    Example:
        >>> is_far(110, was=100), is_far(-111, was=-100), is_far(1, was=0), is_far(1, was=0, at_risk=1000)
        (False, True, True, False)
    """
    return abs(minor - was) > max(CHANGED * abs(was), NEGLIGIBLE * abs(at_risk or 0))
