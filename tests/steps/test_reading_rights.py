"""Nobody reads beyond role x scope: what a person cannot see is altered, and nothing that she is shown moves."""

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.errors import NotAllowedError
from onenumber.jobs import queue
from onenumber.model.cube import Cube, State
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.family import figures, parts
from onenumber.rights.ask import Actor, mask
from onenumber.rights.table import Figure
from onenumber.steps import see
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.typing import Asked
from onenumber.steps.registry import STEPS
from onenumber.steps.see.accuracy import accuracy_beside
from onenumber.steps.see.adherence import adherence_beside
from onenumber.steps.see.answers import answers_shown
from onenumber.steps.see.bench import bench_seen
from onenumber.steps.see.beyond import papers_beyond
from onenumber.steps.see.briefs import briefs_shown
from onenumber.steps.see.budget import budget_shown
from onenumber.steps.see.conflicts import conflict_shown, conflicts_shown
from onenumber.steps.see.customer import customer_seen
from onenumber.steps.see.customer_orders import orders_seen
from onenumber.steps.see.cycle import cycle_bar, plan_that_came_back
from onenumber.steps.see.demand import baseline_of, carried_patches, patches_of
from onenumber.steps.see.demo_clock import demo_clock
from onenumber.steps.see.detail import sheet_detail
from onenumber.steps.see.deviations import deviations_shown
from onenumber.steps.see.digest import digest_of, told_now
from onenumber.steps.see.edits import edits_shown, edits_waiting
from onenumber.steps.see.entry import entry_seen
from onenumber.steps.see.executive import executive_seen
from onenumber.steps.see.export import COSTED, PRICED, exported, stage_of
from onenumber.steps.see.family import family_seen
from onenumber.steps.see.flow import flow_seen
from onenumber.steps.see.line_load import line_loads
from onenumber.steps.see.line_opened import line_opened
from onenumber.steps.see.loads import findings_of, findings_page, load_of, loads_of
from onenumber.steps.see.maintenance import window_price, windows_seen
from onenumber.steps.see.materials import materials_seen
from onenumber.steps.see.meetings import meeting_seen, meetings_seen
from onenumber.steps.see.milestones import milestones
from onenumber.steps.see.month import my_month, unanswered, waits_of
from onenumber.steps.see.news_form import news_form
from onenumber.steps.see.orders import orders_shown
from onenumber.steps.see.pack import pack_shown
from onenumber.steps.see.papers import dropped_decisions, papers_shown
from onenumber.steps.see.parameters import amendments_of, parameters_shown
from onenumber.steps.see.places import find_places, names_at, places_of
from onenumber.steps.see.plan import breaches_of, planned_production, promised_extra
from onenumber.steps.see.plan_cell import plan_cell, typed_since
from onenumber.steps.see.plan_grid import GridSeen, board_seen, plan_grid
from onenumber.steps.see.plants import amendments_beside, plants_seen, plants_untaken
from onenumber.steps.see.questions import questions_heard, questions_shown, questions_waiting
from onenumber.steps.see.risks import risks_shown
from onenumber.steps.see.running import running_month
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.steps.see.sheets import lines_of, sheets_of
from onenumber.steps.see.since import since_freeze, since_of
from onenumber.steps.see.skill import skill_shown
from onenumber.steps.see.supply import lines_over_budget, open_shortages, papers_on_table, unloaded, without_paper
from onenumber.steps.see.team import team_seen
from onenumber.steps.see.vendors import vendors_beside, vendors_said, vendors_shown
from onenumber.steps.see.what_if import place_called, what_if
from onenumber.steps.see.worked import decisions_worked
from onenumber.store.models import DigestRow, News, Plan, SheetVersion
from onenumber.store.plans import find_cycle, versions_of
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded, squeezed, to_final, to_published

PLACES = ("company", "division:DA", "division:DB", "family:FA", "family:FB")
KINDS = [(kind, stage) for kind in SheetKind for stage in ("", "proposed", "final", "papers", "decided")]
LEVELS = ("item", "planning_customer", "site", "division")
MONEY = ("amount", "money_at_risk", "penalty", "revenue", "margin", "inventory_value", "budget")
PARTS = {"ana": ("patch", "Nord"), "dirk": ("division", "DA"), "pia": ("site", "P1"), "adam": ("", "")}
"""Who sees a part of the company only (or nothing), and which."""
BEFORE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _unplaced(context: Context) -> object:
    """The order book as it is shown; when a line can leave rests on everybody's orders, stock and purchases."""
    shown = orders_shown(context)
    return [(one.order, one.line, one.quantity, one.due, one.money) for one in shown.waiting], shown.bought


DESK: dict[str, Callable[[Context], object]] = {
    "running": lambda context: running_month(context, "2026-05"), "orders": _unplaced,
    "parameters": lambda context: parameters_shown(context).kinds,
    "budget": lambda context: budget_shown(context).lines,
    "conflicts": conflicts_shown, "pack": pack_shown,
}  # fmt: skip
"""The pages of the supply desk and of finance."""
FIGURE_OF = {**dict.fromkeys(PRICED, Figure.PRICE), **dict.fromkeys(COSTED, Figure.COST)}


def company() -> dict[str, pl.DataFrame]:
    """The squeezed company with a head of division DA, a vendor that delivered something, and earlier forecasts."""
    said = tiny.table("forecast_snapshots", tiny.snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 0.7}))
    made = squeezed() | bought() | {"forecast_snapshots": said}
    dirk = {"person": "dirk", "role": "DH", "scope_kind": "division", "scope": "DA"}
    made["people"] = pl.concat([made["people"], tiny.table("people", [{"person": "dirk", "name": "Dirk Maas"}])])
    made["roles"] = pl.concat([made["roles"], tiny.table("roles", [dirk])])
    return made


def bought() -> dict[str, pl.DataFrame]:
    """Six lines that a vendor delivered to P1 last year."""
    days = [dt.date(2025, month, 3) for month in range(6, 12)]
    orders = [
        {"order": f"Q{k}", "line": 1, "vendor": "V1", "item": "A1", "site": "P1", "quantity": 10.0, "ordered": day,
         "first_confirmed": day, "status": "closed"}
        for k, day in enumerate(days)
    ]  # fmt: skip
    receipts = [
        {"receipt": f"G{k}", "order": f"Q{k}", "line": 1, "date": day + dt.timedelta(days=k), "quantity": 10.0}
        for k, day in enumerate(days)
    ]
    return {
        "vendors": tiny.table("vendors", [{"vendor": "V1", "name": "Vauban"}]),
        "purchase_orders": tiny.table("purchase_orders", orders),
        "receipts": tiny.table("receipts", receipts),
    }


@pytest.fixture
def published(db: None, settings: object, tmp_path: Path) -> Plan:
    """A month of a live plan, published; with news that touches both patches and divisions."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("rights", "live", tmp_path / "data", company())
    to_final(plan)
    to_published(plan)
    once_a_run(do)(plan, "olga", "measure")
    News.objects.create(
        plan=plan, cycle=find_cycle(plan), author="ines", kind="listing", place={"channel": "shop"},
        text="a chain lists us", likely=20.0, probability=0.6, in_number=False, at=NOW,
    )  # fmt: skip
    do(plan, "dora", "ask", text="why so much?", place={"item": "A1"}, to="ana", due=NOW.date())
    return plan


def looking(plan: Plan, person: str) -> Context:
    return make_context(plan, person=person, now=NOW)


def everything_shown(context: Context) -> dict[object, object]:
    """All that a person is shown of the figures of a plan, in plain values."""
    shown: dict[object, object] = {}
    for kind, stage in KINDS:
        shown[kind, stage] = _tried(lambda k=kind, s=stage: _plain(exported(context, k, "2026-05", s)))
    for place in PLACES:
        for money in (False, True):
            shown[place, money] = _tried(lambda p=place, m=money: _page(context, p, money=m))
    shown["baseline"] = _tried(lambda: _values(baseline_of(context)))
    shown["production"] = planned_production(context, 28).rows()
    shown["extra"] = promised_extra(context, 28).rows()
    shown["papers shown"] = _tried(lambda: str(papers_shown(context)))
    shown["vendors"] = _tried(lambda: vendors_shown(context))
    shown["risks"] = _tried(lambda: str(risks_shown(context)))
    shown["accuracy"] = _tried(lambda: str(_accuracy(context)))
    shown["papers"] = [str(part) for part in papers_on_table(context)]
    shown["notes"] = [dict(line.notes) for line in sheets_of(context)]
    shown["customer"] = _tried(lambda: str(customer_seen(context, "alpha")))
    shown["foreign customer"] = _tried(lambda: str(customer_seen(context, "rest of South, web")))
    shown["orders"] = _tried(lambda: str(orders_seen(context)))
    shown["entry"] = _tried(lambda: str(entry_seen(context)))
    for by in ("division", "patch"):
        shown["deviations", by] = _tried(lambda kind=by: str(deviations_shown(context, by=kind)))
    shown["team"] = _tried(lambda: str(team_seen(context)))
    shown["skill"] = _tried(lambda: str(skill_shown(context, "ana")))
    shown["briefs"] = _tried(lambda: str(briefs_shown(context)))
    shown["executive"] = _tried(lambda: str(executive_seen(context)))
    for name, read in DESK.items():
        shown[name] = _tried(lambda r=read: str(r(context)))
    shown["lines"] = _tried(lambda: str(line_loads(context)))
    shown["line opened"] = _tried(lambda: str(line_opened(context, "L1", "2026-09")))
    shown["plants"] = _tried(lambda: str(plants_seen(context)))
    shown["materials"] = _tried(lambda: str(materials_seen(context)))
    shown["windows"] = _tried(lambda: str(windows_seen(context)))
    shown["meeting"] = _tried(lambda: str(meeting_seen(context, "pre-sop")))
    shown["grid"] = _tried(lambda: _grid(plan_grid(context, "L4")))
    return shown


def _grid(seen: GridSeen) -> list[str]:
    return [str(seen.keys), *(str(values.tolist()) for values in (seen.shown, seen.added))]


def _accuracy(context: Context) -> object:
    return accuracy_beside(context, lines_of(context, SheetVersion.objects.filter(kind="adherence"))[0])


def _adherence(context: Context) -> object:
    return adherence_beside(context, lines_of(context, SheetVersion.objects.filter(kind="adherence"))[0])


def _tried(read: Callable[[], object]) -> object:
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - what is refused is part of what is shown
        return f"{type(error).__name__}: {error}"


def _values(cube: Cube) -> list[list[float]]:
    return cube.values.tolist()


def _plain(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    return {name: table.write_csv() for name, table in tables.items()}


def _page(context: Context, place: str, *, money: bool) -> object:
    page = family_seen(glance(context), "2026-05", place=place, money=money)
    return [(row.code, row.unit, figures(row), [(level, parts(row, level)) for level in LEVELS]) for row in page.rows]


def altered(sheet: Sheet, actor: Actor, part: tuple[str, str]) -> Sheet:
    """The sheet with every figure moved that the person must not see."""
    cubes = {name: _moved_cube(name, cube, actor) for name, cube in sheet.cubes.items()}
    tables = {name: _moved_table(sheet.kind, name, table, part) for name, table in sheet.tables.items()}
    return Sheet(kind=sheet.kind, tables=tables, cubes=cubes, notes=sheet.notes, schema=sheet.schema)


def _moved_cube(name: str, cube: Cube, actor: Actor) -> Cube:
    hers = mask(actor, FIGURE_OF.get(name, Figure.VOLUME), axis=cube.axis)
    moved = ~hers[:, None] & (cube.state == State.PRESENT)
    return Cube(
        cube.measure, np.where(moved, cube.values * 3 + 7, cube.values), cube.state, cube.axis, cube.first, cube.units
    )


def _moved_table(kind: SheetKind, name: str, table: pl.DataFrame, part: tuple[str, str]) -> pl.DataFrame:
    figures_in = [c for c in table.columns if table.schema[c] == pl.Float64 or c in MONEY]
    if kind is SheetKind.COMPANY:
        figures_in = [c for c in ("standard_cost", "variable_cost", "price", "amount") if c in table.columns]
        if name == "prices" and part[0] == "patch":
            return table  # her own prices are hers
    if kind is SheetKind.LOAD and part[0] == "site":
        figures_in = ["amount"] if "amount" in table.columns else []
    if kind is SheetKind.SUPPLY_PLAN and part[0] == "site" and name in ("runs", "shortages"):
        figures_in = ["price"] if name == "shortages" else []  # what her plant makes and holds back is hers
    foreign = ~_hers(kind, name, table, part)
    return table.with_columns(
        pl.when(foreign).then(pl.col(c) * 3 + 7).otherwise(c).cast(table.schema[c]).alias(c) for c in figures_in
    )


def _hers(kind: SheetKind, name: str, table: pl.DataFrame, part: tuple[str, str]) -> pl.Expr:
    """Which rows of a table lie in the part of a person who sees a part."""
    level, label = part
    items = [item for item, _, division, _ in tiny.ITEMS if division == label]
    if kind is SheetKind.COMPANY:
        return pl.col("item").is_in(items) if level == "division" and "item" in table.columns else pl.lit(value=False)
    if kind is SheetKind.LOAD and level == "patch":
        by = {"order_lines": "customer", "shipments": "shipment"}.get(name)
        return pl.col(by).str.contains("alpha") if by else pl.lit(value=False)
    if kind is SheetKind.LOAD and level == "division":
        key = "item" if "item" in table.columns else "shipment"
        bought = name in ("purchase_orders", "receipts")  # plants are no part of a division
        return pl.lit(value=False) if bought else pl.col(key).str.contains("A1$|A2$")
    if kind in (SheetKind.PUBLISHED_PLAN, SheetKind.SALES_INPUT) and level in table.columns and name != "news":
        return pl.col(level) == label
    place = "place" if kind is SheetKind.REVIEW and name == "landing" and level == "division" else level
    if kind in (SheetKind.REVIEW, SheetKind.ADHERENCE) and place in table.columns:
        return pl.col(place) == label
    return pl.lit(value=False)


def alter(plan: Plan, person: str) -> None:
    """Alter every sheet of the plan in what the person must not see."""
    actor, store = looking(plan, person).actor, versions_of(plan)
    for version in SheetVersion.objects.filter(plan=plan):
        version.content = store.put(altered(store.get(version.content), actor, PARTS[person]))
        version.save(update_fields=["content"])


@pytest.mark.parametrize("person", PARTS)
def test_what_lies_outside_role_and_scope_moves_nothing_that_is_shown(published: Plan, person: str) -> None:
    hers, whole = (everything_shown(looking(published, who)) for who in (person, "omar"))
    alter(published, person)
    after = everything_shown(looking(published, person))
    assert {key for key in hers if hers[key] != after[key]} == set()
    assert {key for key, said in everything_shown(looking(published, "omar")).items() if whole[key] != said} >= {
        ("company", True), "risks", (SheetKind.REVIEW, ""), (SheetKind.PUBLISHED_PLAN, ""), "accuracy",
        *(("vendors",) if person != "pia" else ()),
    }  # fmt: skip


def test_a_salesperson_takes_home_her_patch_and_no_cost(published: Plan) -> None:
    for kind, stage in KINDS:
        tables = _tried(lambda k=kind, s=stage: exported(looking(published, "ana"), k, "2026-05", s))
        for name, table in tables.items() if isinstance(tables, dict) else ():
            assert set(table.columns) & set(COSTED) == set(), (kind, name)
            assert "patch" not in table.columns or set(table["patch"].to_list()) <= {"Nord"}, (kind, name)
    promises = exported(looking(published, "ana"), SheetKind.PUBLISHED_PLAN, "2026-05")["promises"]
    assert set(promises["planning_customer"].to_list()) == {"alpha"}


def test_what_only_the_solver_reads_is_offered_to_nobody(published: Plan) -> None:
    held = SheetVersion.objects.get(plan=published, kind="supply_plan", stage="final")
    assert "basis" in versions_of(published).get(held.content).tables
    context = looking(published, "omar")
    assert "basis" not in exported(context, SheetKind.SUPPLY_PLAN, "2026-05", "final")
    offered = {table.name for table in sheet_detail(context, held.pk).tables}
    assert "runs" in offered
    assert "basis" not in offered


def test_a_division_head_takes_home_the_own_division_with_its_cost(published: Plan) -> None:
    promises = exported(looking(published, "dirk"), SheetKind.PUBLISHED_PLAN, "2026-05")["promises"]
    assert set(promises["division"].to_list()) == {"DA"}
    value = exported(looking(published, "dirk"), SheetKind.HISTORY, "2026-05")["demand_value"]
    assert set(value["division"].to_list()) == {"DA"}


def test_two_roles_do_not_lend_each_other_their_classes_of_figure(published: Plan) -> None:
    roles = company()["roles"]
    both = pl.concat([roles, tiny.table("roles", [{"person": "pia", "role": "DH", "scope_kind": "division",
                                                   "scope": "DA"}])])  # fmt: skip
    store, version = versions_of(published), SheetVersion.objects.filter(plan=published, cycle=None, kind="company")
    sheet = store.get(version.get().content)
    version.update(content=store.put(Sheet(kind=sheet.kind, tables={**sheet.tables, "roles": both})))
    shown = exported(looking(published, "pia"), SheetKind.HISTORY, "2026-05")
    assert set(shown["demand"]["division"].to_list()) == {"DA", "DB"}  # the plant manager's volumes
    assert set(shown["demand_value"]["division"].to_list()) == {"DA"}  # the division head's money


def _month(context: Context) -> object:
    """All of My month but how many accounts there are."""
    mine = my_month(context)
    figures = [one for one in mine.blocks if one.code != "accounts"]
    return [*mine.waits, *mine.struck, *mine.sent_back, *mine.changes, *figures] or mine.outcomes


NOT_FOR_THE_ADMINISTRATOR: dict[str, Callable[[Context], object]] = {
    "cycle_bar": lambda context: cycle_bar(context).open_points,
    "patches_of": patches_of,
    "baseline_of": lambda context: baseline_of(context).axis.keys.tolist(),
    "sheet_detail": lambda context: sheet_detail(context, SheetVersion.objects.filter(kind="consensus").get().pk),
    "exported": lambda context: exported(context, SheetKind.CONSENSUS),
    "stage_of": lambda context: stage_of(context, SheetKind.SUPPLY_PLAN),
    "family_seen": lambda context: family_seen(glance(context), "", place="company", money=True),
    "loads_of": loads_of,
    "load_of": lambda context: load_of(context, 1),
    "findings_page": lambda context: findings_page(context, "x"),
    "findings_of": lambda context: findings_of(context, 1),
    "names_at": lambda context: names_at(context, "planning_customer"),
    "places_of": lambda context: places_of(context, find_cycle(context.plan))[1:],
    "places_below": lambda context: see.places.places_below(context, find_cycle(context.plan)),
    "place_of": lambda context: see.places.place_of(context, find_cycle(context.plan), (), "item:A1"),
    "told_now": lambda context: told_now(context, find_cycle(context.plan), since=BEFORE, least="all")[1],
    "digest_of": lambda context: digest_of(context, _digest(context.plan)).changes,
    "find_places": lambda context: find_places(context, "", "a"),
    "planned_production": lambda context: planned_production(context, 28).rows(),
    "breaches_of": breaches_of,
    "promised_extra": lambda context: promised_extra(context, 28).rows(),
    "sheets_of": sheets_of,
    "lines_of": lambda context: [line.notes for line in lines_of(context, SheetVersion.objects.all()) if line.notes],
    "open_shortages": open_shortages,
    "without_paper": without_paper,
    "unloaded": unloaded,
    "since_freeze": since_freeze,
    "since_of": lambda context: since_of(glance(context), find_cycle(context.plan)),
    "papers_shown": papers_shown,
    "risks_shown": risks_shown,
    "papers_on_table": lambda context: papers_on_table(context)[0],
    "lines_over_budget": lines_over_budget,
    "dropped_decisions": dropped_decisions,
    "sent_back_shown": sent_back_shown,
    "plan_that_came_back": plan_that_came_back,
    "edits_shown": edits_shown,
    "edits_waiting": edits_waiting,
    "carried_patches": carried_patches,
    "vendors_shown": vendors_shown,
    "accuracy_beside": _accuracy,
    "adherence_beside": _adherence,
    "vendors_beside": lambda context: vendors_beside(
        context, lines_of(context, SheetVersion.objects.filter(kind="history"))[0]
    ),
    "vendors_said": lambda context: vendors_said(context, find_cycle(context.plan)),
    "my_month": _month,
    "waits_of": waits_of,
    "unanswered": unanswered,
    "demo_clock": lambda context: demo_clock(context, "2026-05"),
    "plan_grid": lambda context: plan_grid(context, "L4"),
    "board_seen": lambda context: board_seen(glance(context), "L4", ""),
    "plan_cell": lambda context: plan_cell(context, "L4", place={"item": "A1"}, period="2026-05"),
    "bench_seen": bench_seen,
    "flow_seen": flow_seen,
    "questions_shown": questions_shown,
    "questions_waiting": questions_waiting,
    "questions_heard": lambda context: questions_heard(glance(context), find_cycle(context.plan)),
    "entry_seen": entry_seen,
    "customer_seen": lambda context: customer_seen(context, "alpha"),
    "orders_seen": lambda context: orders_seen(context).customers,
    "news_form": news_form,
    "what_if": lambda context: what_if(context, "L4", Asked(place={"item": "A1"}, mode="add", value=1.0)),
    "place_called": lambda context: place_called(context, "L4", {"item": "A1"}),
    "typed_since": lambda context: typed_since(context, "L4", 0),
    "answers_shown": answers_shown,
    "briefs_shown": briefs_shown,
    "decisions_worked": decisions_worked,
    "deviations_shown": deviations_shown,
    "executive_seen": executive_seen,
    "papers_beyond": papers_beyond,
    "skill_shown": lambda context: skill_shown(context, "ana"),
    "team_seen": team_seen,
    "running_month": running_month,
    "orders_shown": orders_shown,
    "parameters_shown": parameters_shown,
    "amendments_of": amendments_of,
    "milestones": milestones,
    "budget_shown": budget_shown,
    "conflicts_shown": conflicts_shown,
    "conflict_shown": lambda context: conflict_shown(context, "", "C-01|L1"),
    "pack_shown": pack_shown,
    "line_loads": line_loads,
    "line_opened": lambda context: line_opened(context, "L1", "2026-09"),
    "plants_seen": plants_seen,
    "plants_untaken": plants_untaken,
    "materials_seen": materials_seen,
    "windows_seen": windows_seen,
    "window_price": lambda context: window_price(context, "W1", "2026-08"),
    "amendments_beside": lambda context: amendments_beside(
        context, lines_of(context, SheetVersion.objects.filter(kind="published_plan"))[0]
    ),
    "meetings_seen": meetings_seen,
    "meeting_seen": lambda context: meeting_seen(context, "supply"),
}
"""Every reading of the plan, as it is asked."""
NO_FIGURES = {
    "called", "duties_shown", "everyone", "layer_to_type", "looking", "messages_shown", "newest_label", "people_in",
    "rehearsal_note", "sees_edit", "sheet_of", "wish_of",
    "refuse_part",
}  # fmt: skip
"""They tell who looks, what she may see, who does what and which cycles there are, or are for steps' own readers."""


def test_the_administrator_is_shown_no_plan(published: Plan) -> None:
    adam = looking(published, "adam")
    shown = {name: found for name, read in NOT_FOR_THE_ADMINISTRATOR.items() if (found := _unless_refused(read, adam))}
    assert shown == {}


def _digest(plan: Plan) -> DigestRow:
    """What somebody was told of the cycle, whoever it was."""
    now = NOW + dt.timedelta(days=30)
    return DigestRow(plan=plan, cycle=find_cycle(plan), person="omar", since=BEFORE, until=now, least="all", waits=[])


def _unless_refused(read: Callable[[Context], object], context: Context) -> object:
    try:
        return read(context)
    except NotAllowedError:
        return None


def test_every_reading_is_held_to_it() -> None:
    reading = set()
    for module in pkgutil.iter_modules(see.__path__):
        found = importlib.import_module(f"onenumber.steps.see.{module.name}")
        for name, one in inspect.getmembers(found, inspect.isfunction):
            first = next(iter(inspect.signature(one).parameters.values()), None)
            if one.__module__ == found.__name__ and not name.startswith("_") and first is not None:
                reading |= {name} if first.name == "context" else set()
    assert reading == set(NOT_FOR_THE_ADMINISTRATOR) | NO_FIGURES


def test_no_step_may_be_put_in_the_queue_by_the_administrator(published: Plan) -> None:
    for name, step in STEPS.items():
        arguments = {argument.name: (argument.choices or ("x",))[0] for argument in step.arguments}
        if "cycle" in arguments:
            arguments["cycle"] = "2026-05"
        with pytest.raises(NotAllowedError, match="may not"):
            queue.start(looking(published, "adam"), name, arguments)
