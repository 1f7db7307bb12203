"""The few figures that a role answers for, each read off a sheet that exists: nothing is worked out here."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl

from onenumber.consensus.collect import PatchState
from onenumber.consensus.skill import FEWEST
from onenumber.cycle.phases import Phase
from onenumber.cycle.words import FIRM_PERIOD
from onenumber.model.axis import SEPARATOR, Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.cube import Cube
from onenumber.model.money import in_currency
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.causes import told_together
from onenumber.review.naming import place_name, place_words
from onenumber.review.told import told_short
from onenumber.rights.ask import Actor, mask, reads
from onenumber.rights.roles import leads_everybody, patches_led
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.decisions import BUDGET
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.frame.planning import SETTINGS
from onenumber.steps.frame.submissions import states
from onenumber.steps.see.accuracy import seen_accuracy
from onenumber.steps.see.adherence import breaches_unanswered
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.month_block import AHEAD, FINAL, MOST, Block, BlockSheets, Line, Values, where_it_is
from onenumber.steps.see.month_page import BUDGET as BUDGET_PAGE
from onenumber.steps.see.month_page import Where
from onenumber.steps.see.skill import patches_of_person, skill_shown
from onenumber.steps.see.vendors import vendors_said
from onenumber.store.models import Account, Cycle, SubmissionRow

Maker = Callable[[BlockSheets], Block]


def blocks_of(look: Glance, cycle: Cycle, points: Sequence[OpenPoint]) -> tuple[Block, ...]:
    """The figures of who looks, by her roles, each once."""
    makers = dict.fromkeys(maker for role, own in FIGURES.items() if role in look.actor.roles for maker in own)
    sheets = BlockSheets(look=look, cycle=cycle, points=points)
    return tuple(maker(sheets) for maker in makers)


def blocks_named(
    look: Glance, cycle: Cycle, points: Sequence[OpenPoint], codes: Sequence[str], *, undecided: bool = False
) -> tuple[Block, ...]:
    """Some figures by their codes, whoever answers for them; each is cut to what the person who looks may read.

    ``undecided``: as they stood before the executive decided.
    """
    makers = {maker.__name__.removeprefix("_"): maker for own in FIGURES.values() for maker in own}
    sheets = BlockSheets(look=look, cycle=cycle, points=points, undecided=undecided)
    return tuple(makers[code](sheets) for code in codes)


def _patches(s: BlockSheets) -> Block:
    """How many patches of her organisation are in, and each that is not."""
    rows = rows_in(s.look, SubmissionRow, s.cycle)
    stand, table = (
        states(s.cycle, rows),
        s.look.company(s.cycle).get("patches", pl.DataFrame({"patch": [], "name": []})),
    )
    actor = s.look.actor
    hers, every = patches_led(actor), leads_everybody(actor)
    named = table.select("patch", "name").sort("patch").rows()
    mine = [row for row in named if every or row[0] in hers]
    done = [PatchState.SUBMITTED, PatchState.ACCEPTED, PatchState.DEFAULTED]
    at = {patch: stand.get(patch, PatchState.OPEN) for patch, _ in mine}
    lines = tuple(Line(name=name or patch, values=(at[patch].value,)) for patch, name in mine)
    count = sum(one in done for one in at.values())
    return Block(code="patches", values={"done": count, "all": len(mine)}, lines=lines, where=Where(page="team"))


def _moves(s: BlockSheets) -> Block:
    """Where sales differ most from the baseline, by patch and family over the horizon."""
    made, base = (s.look.version(kind, s.cycle) for kind in (SheetKind.SALES_INPUT, SheetKind.FORECAST))
    if made is None or base is None:
        return Block(code="moves", why="input_open")
    sales, baseline = s.sheet(made).cube("S"), s.sheet(base).cube("L1")
    seen = mask(s.look.actor, Figure.VOLUME, axis=sales.axis)
    found, named = _differences(sales, baseline, seen), names_at(s.look, s.cycle)
    lines = tuple(
        Line(name=place_words({"patch": patch, "family": family}, named), values=(was, now, now - was), unit=unit)
        for patch, family, unit, was, now in found.head(MOST).iter_rows()
    )
    return Block(code="moves", values={"count": len(found)}, lines=lines, where=Where(page="team"))


def _differences(sales: Cube, baseline: Cube, seen: np.ndarray) -> pl.DataFrame:
    names = sales.axis.attributes
    table = pl.DataFrame(
        {
            "patch": names["patch"].tolist(), "family": names["family"].tolist(), "unit": sales.units.tolist(),
            "was": baseline.values[baseline.axis.rows(sales.axis.keys)].sum(axis=1), "now": sales.values.sum(axis=1),
        }
    ).filter(pl.Series(seen, dtype=pl.Boolean))  # fmt: skip
    sums = table.group_by("patch", "family", "unit", maintain_order=True).agg(pl.col("was", "now").sum())
    gap = (pl.col("now") - pl.col("was")).abs()
    return sums.filter(gap > 0.5).sort(gap, descending=True, maintain_order=True)  # noqa: PLR2004 - half a unit


def _accuracy(s: BlockSheets) -> Block:
    """Error and bias of last month's forecast a month ahead, beside those of the naive one."""
    found = s.newest((SheetKind.ADHERENCE, ""))
    table = s.sheet(found[0]).tables.get("accuracy") if found is not None else None
    if found is None or table is None:
        return Block(code="accuracy", why="not_measured")
    rows = seen_accuracy(s.look.actor, table).filter((pl.col("patch") == "") & (pl.col("division") == ""))
    known = rows.filter(pl.col("wape").is_not_null())
    if not len(known):
        return Block(code="accuracy", why="not_measured", of=found[1].label, where=where_it_is(found[0]))
    figures = ("wape", "naive_wape", "bias", "naive_bias")
    lines = tuple(Line(name=row["layer"], values=tuple(row[one] for one in figures)) for row in known.to_dicts())
    last = known.row(-1, named=True)
    values = {"period": s.period(last["period"]), **{one: last[one] for one in ("wape", "naive_wape", "bias")}}
    return Block(code="accuracy", values=values, lines=lines, of=found[1].label, where=where_it_is(found[0]))


SUPPLY = ((SheetKind.SUPPLY_PLAN, FINAL), (SheetKind.SUPPLY_PLAN, "proposed"))
"""A supply plan: the final one of a cycle as soon as there is one."""


def _lines(s: BlockSheets) -> Block:
    """The fullest lines of the next months, each in its fullest month."""
    found = s.newest(*SUPPLY)
    if found is None:
        return Block(code="lines", why="not_planned")
    used, free = (s.sheet(found[0]).cube(name) for name in ("hours_used", "hours_available"))
    rows = np.flatnonzero(mask(s.look.actor, Figure.VOLUME, axis=used.axis))
    start = max(s.cycle.index - used.first, 0)
    columns = slice(start, start + AHEAD)
    hours, normal = used.values[rows, columns], free.values[rows, columns]
    if not hours.size:
        return Block(code="lines", why="no_lines", where=where_it_is(found[0]))
    share = np.divide(hours, normal, out=np.zeros_like(hours), where=normal > 0)
    best = share.argmax(axis=1)
    named = names_at(s.look, s.cycle)
    order = sorted(range(len(rows)), key=lambda k: -share[k, best[k]])[:MOST]
    lines = tuple(
        Line(
            name=place_name(key := str(used.axis.keys[rows[k]]), named), unit="h",
            where=Where(page="line_load", key=f"{key}|{(month := s.period(used.first + start + int(best[k])))}"),
            values=(month, float(hours[k, best[k]]), float(normal[k, best[k]]), float(share[k, best[k]])),
        )
        for k in order
    )  # fmt: skip
    full = sum(bool(one) for one in (share.max(axis=1) >= FULL))
    values: Values = {
        "full": full,
        "all": len(rows),
        "line": lines[0].name,
        "share": lines[0].values[-1] or 0,
        "period": str(lines[0].values[0]),
    }
    return Block(code="lines", values=values, lines=lines, of=found[1].label, where=where_it_is(found[0]))


FULL = 0.999
"""Share of its normal hours from which a line counts as full."""


def _shortages(s: BlockSheets) -> Block:
    """What the plan does not deliver in time, by what stands in its way."""
    found = s.newest(*SUPPLY)
    if found is None:
        return Block(code="shortages", why="not_planned")
    sheet = s.sheet(found[0])
    axis = sheet.cube("demand").axis
    seen = axis.keys[mask(s.look.actor, Figure.VOLUME, axis=axis)].tolist()
    period = pl.col("period")
    short, whole = _at_hers(s.look.actor, sheet), sheet.table("shortages")
    told = told_short(short, s.look.company(found[1])["items"])
    table = told_together(told, cycle=found[1].index, firm=SETTINGS.firm_periods, name=FIRM_PERIOD)  # as they go up
    rows = table.filter(pl.col("stream").is_in(seen) & (period >= s.cycle.index) & (period < s.cycle.index + AHEAD))
    by = ["cause", "cause_at"]
    sums = rows.group_by(by, maintain_order=True).agg(
        pl.col("stream").n_unique().alias("streams"), period.min().alias("first"), period.max().alias("last")
    )
    sums = sums.sort("streams", descending=True, maintain_order=True)
    named = names_at(s.look, s.cycle)
    lines = tuple(
        Line(
            name=f"{cause}|{place_name((at or '').partition(SEPARATOR)[0], named)}",
            values=(float(streams), s.period(first), s.period(last)),
        )
        for cause, at, streams, first, last in sums.head(MOST).iter_rows()
    )
    values = {"streams": rows["stream"].n_unique(), "causes": len(sums), "own": len(short) < len(whole)}
    return Block(code="shortages", values=values, lines=lines, of=found[1].label, where=where_it_is(found[0]))


def _at_hers(actor: Actor, sheet: Sheet) -> pl.DataFrame:
    """The shortages of a plan; to who reads by plant, those whose cause lies on her lines or at her plants."""
    axis, short = sheet.cube("hours_used").axis, sheet.table("shortages")
    own = mask(actor, Figure.VOLUME, axis=axis)
    if own.all():
        return short
    at = pl.col("cause_at")
    plants = sorted(set(axis.labels("site")[own].tolist()))
    return short.filter(at.is_in(axis.keys[own].tolist()) | at.str.split(SEPARATOR).list.last().is_in(plants))


def _vendors(s: BlockSheets) -> Block:
    """Whose lead times are no longer those that are planned with."""
    version, said = s.look.version(SheetKind.HISTORY, s.cycle), vendors_said(s.look, s.cycle)
    if version is None or said is None:
        return Block(code="vendors", why="not_frozen")
    return Block(code="vendors", says=said, where=where_it_is(version))


def _papers(s: BlockSheets) -> Block:
    """How many papers and budget lines wait for an executive, by what the gate says."""
    sheet = s.look.version(SheetKind.DECISION, s.cycle, "papers")
    if sheet is None:
        return Block(code="papers", why="no_papers")
    kinds = [one.code for one in s.points if one.role == "EX"]
    count = {"papers": sum(one.startswith("paper_") for one in kinds), "lines": kinds.count("over_budget")}
    return Block(code="papers", values=count, where=Where(page="decisions"))


def _landing(s: BlockSheets) -> Block:
    """Where the year lands against its budget: lines of the current fiscal year that she may read."""
    found = s.newest((SheetKind.REVIEW, FINAL), (SheetKind.REVIEW, ""))
    if found is None or not reads(s.look.actor, Figure.COST):
        return Block(code="landing", why="not_reviewed")
    frame = s.look.frame(s.cycle)
    year, decimals = frame.calendar[s.cycle.index].fiscal_year, frame.currency_decimals
    table = s.sheet(found[0]).table("landing").filter(pl.col("fiscal_year") == year)
    places = np.array(table["place"].to_list(), dtype=np.str_)
    keys = np.array([f"{k:06d}" for k in range(len(places))], dtype=np.str_)
    hers = mask(s.look.actor, Figure.COST, axis=Axis("line", keys, {"division": places}))
    table = table.filter(pl.Series(hers, dtype=pl.Boolean))
    known = table.filter(pl.col("gap").is_not_null())
    known = known.sort((pl.col("status") == OUTSIDE, pl.col("gap").abs()), descending=True, maintain_order=True)
    called_, taken = _scopes(s), s.accepted(found[1])
    lines = tuple(
        Line(
            name=f"{row['account']}|{called_.get(row['place'], row['place'])}",
            values=(
                *(in_currency(row[one], decimals=decimals) for one in AMOUNTS), row["gap_percent"],
                ACCEPTED if _paper(row) in taken else row["status"],
            ),
        )
        for row in known.head(MOST_LINES).iter_rows(named=True)
    )  # fmt: skip
    outside = [_paper(row) for row in table.filter(pl.col("status") == OUTSIDE).iter_rows(named=True)]
    statuses = table["status"].to_list()
    values: Values = {
        "outside": len(outside), "all": len(table), "year": year,
        "unknown": statuses.count("unknown"), "no_budget": statuses.count("no_budget"),
        "currency": frame.currency, "accepted": sum(paper in taken for paper in outside),
    }  # fmt: skip
    where = where_it_is(found[0]) if s.undecided else BUDGET_PAGE  # which has moved on since
    return Block(code="landing", values=values, lines=lines, of=found[1].label, where=where)


def _paper(row: Mapping[str, object]) -> str:
    """The paper of a budget line, if it is out of tolerance."""
    return f"{BUDGET}{row['account']}:{row['place']}" if row["status"] == OUTSIDE else ""


def _scopes(s: BlockSheets) -> dict[str, str]:
    company, tables = s.look.company(s.cycle), (("sites", "site"), ("divisions", "division"))
    return {key: name for table, kind in tables for key, name in table_or_empty(company, table)[[kind, "name"]].rows()}


MOST_LINES = 9
"""Budget lines that a page shows: two accounts of four divisions, and one more."""
AMOUNTS = ("landing", "budget", "gap")
OUTSIDE, ACCEPTED = "outside", "accepted"
"""States of a line out of tolerance: it waits for the executive, or she accepted it."""


def _breaches(s: BlockSheets) -> Block:
    """Breached figures that nobody answered for, by who owes the answer."""
    version = s.look.version(SheetKind.ADHERENCE, s.cycle)
    if version is None:
        return Block(code="breaches", why="not_measured")
    open_, names = breaches_unanswered(s.look, s.cycle), s.look.names()
    owners: dict[str, int] = {}
    for one in open_:
        owners[one.owner] = owners.get(one.owner, 0) + 1
    most = sorted(owners.items(), key=lambda pair: -pair[1])[:MOST]
    lines = tuple(Line(name=names.get(owner, owner), values=(float(count),)) for owner, count in most)
    return Block(
        code="breaches", values={"count": len(open_), "owners": len(owners)}, lines=lines, where=Where(page="adherence")
    )


def _gate(s: BlockSheets) -> Block:
    """What the end of the phase waits for, and from whom."""
    people = {name for point in s.points for name in point.people}
    lines = tuple(
        Line(name=f"{point.said}|{point.name}", values=(", ".join(point.people), point.role))
        for point in s.points[:MOST_POINTS]
    )
    values = {"count": len(s.points), "people": len(people), "last": int(s.cycle.phase == Phase.MONITOR)}
    return Block(code="gate", values=values, lines=lines)


MOST_POINTS = 12
"""Open points that a page shows; the bar lists them all."""


def _skill(s: BlockSheets) -> Block:
    """What her own figures were worth beside the baseline: shown to herself first."""
    person = s.look.actor.person
    if not patches_of_person(s.look, s.cycle, person):  # she stands in for somebody, whose skill is not hers
        return Block(code="skill", why="not_called")
    found = skill_shown(s.look, person, s.cycle.label).skill
    if found.added is None or found.added.added is None or len(found.months) < FEWEST:
        return Block(code="skill", why="not_called")
    values: Values = {"months": len(found.months), "added": found.added.added, "bias": found.bias or 0.0}
    return Block(code="skill", values=values, where=Where(page="team_person", key=person))


def _accounts(s: BlockSheets) -> Block:
    """How many people have a sign-in that is not closed."""
    count = Account.objects.filter(plan=s.look.plan, is_active=True).count()
    return Block(code="accounts", values={"count": count}, where=Where(page="logins"))


FIGURES: Mapping[str, tuple[Maker, ...]] = {
    "EX": (_papers, _landing, _breaches),
    "DH": (_landing,),
    "SM": (_patches, _moves),
    "DP": (_accuracy,),
    "OP": (_lines, _shortages),
    "PM": (_lines, _shortages),
    "SS": (_shortages, _vendors),
    "FIN": (_landing,),
    "OWN": (_gate,),
    "SP": (_skill,),
    "ADM": (_accounts,),
}
"""The figures of each role; what became of a salesperson's call stands apart."""
