"""Nobody reads beyond role x scope: what a person cannot see is altered, and nothing that she is shown moves."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl
import pytest

from onenumber.model.cube import Cube, State
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.family import figures, parts
from onenumber.rights.ask import Actor, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.briefs import briefs_shown
from onenumber.steps.see.budget import budget_shown
from onenumber.steps.see.cannot import cannot_shown
from onenumber.steps.see.conflicts import conflicts_shown
from onenumber.steps.see.customer import customer_seen
from onenumber.steps.see.customer_orders import orders_seen
from onenumber.steps.see.demand import baseline_of
from onenumber.steps.see.detail import sheet_detail
from onenumber.steps.see.deviations import deviations_shown
from onenumber.steps.see.entry import entry_seen
from onenumber.steps.see.executive import executive_seen
from onenumber.steps.see.export import COSTED, PRICED, exported
from onenumber.steps.see.family import FamilySeen, family_seen
from onenumber.steps.see.final_plan import in_final
from onenumber.steps.see.line_load import line_loads
from onenumber.steps.see.line_opened import line_opened
from onenumber.steps.see.maintenance import windows_seen
from onenumber.steps.see.materials import materials_seen
from onenumber.steps.see.meetings import meeting_seen
from onenumber.steps.see.orders import orders_shown
from onenumber.steps.see.pack import pack_shown
from onenumber.steps.see.papers import papers_shown
from onenumber.steps.see.parameters import parameters_shown
from onenumber.steps.see.plan import planned_production, promised_extra
from onenumber.steps.see.plan_grid import GridSeen, plan_grid
from onenumber.steps.see.plants import plants_seen
from onenumber.steps.see.risks import risks_shown
from onenumber.steps.see.running import running_month
from onenumber.steps.see.sheets import sheets_of
from onenumber.steps.see.skill import skill_shown
from onenumber.steps.see.supply import papers_on_table
from onenumber.steps.see.team import team_seen
from onenumber.steps.see.urgent import amended_beside, urgent_shown
from onenumber.steps.see.vendors import vendors_shown
from onenumber.store.models import Plan, SheetVersion
from onenumber.store.plans import versions_of
from tests import tiny
from tests.steps.published import *  # noqa: F403 - the published company
from tests.steps.published import accuracy_of, company, looking

PLACES = ("company", "division:DA", "division:DB", "family:FA", "family:FB")
KINDS = [(kind, stage) for kind in SheetKind for stage in ("", "proposed", "final", "papers", "decided")]
LEVELS = ("item", "planning_customer", "site", "division")
MONEY = ("amount", "money_at_risk", "penalty", "revenue", "margin", "inventory_value", "budget")
PARTS = {"ana": ("patch", "Nord"), "dirk": ("division", "DA"), "pia": ("site", "P1"), "adam": ("", "")}
"""Who sees a part of the company only (or nothing), and which."""


def _unplaced(context: Context) -> object:
    """The order book as it is shown; when a line can leave rests on everybody's orders, stock and purchases."""
    shown = orders_shown(context)
    return [(one.order, one.line, one.quantity, one.due, one.money) for one in shown.waiting], shown.bought


DESK: dict[str, Callable[[Context], object]] = {
    "final plan": in_final,
    "running": lambda context: running_month(context, "2026-05"), "orders": _unplaced,
    "parameters": lambda context: parameters_shown(context).kinds,
    "budget": lambda context: budget_shown(context).lines,
    "conflicts": conflicts_shown,
    "cannot": lambda context: cannot_shown(context, "P1", "A1", "2026-06"),
    "pack": pack_shown,
    "urgent": urgent_shown,
    "amended": lambda context: [amended_beside(context, line) for line in sheets_of(context)],
}  # fmt: skip
"""The pages of the supply desk and of finance."""
FIGURE_OF = {**dict.fromkeys(PRICED, Figure.PRICE), **dict.fromkeys(COSTED, Figure.COST)}


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
    shown["accuracy"] = _tried(lambda: str(accuracy_of(context)))
    shown["papers"] = [str(part) for part in papers_on_table(context)]
    shown["notes"] = [dict(line.notes) for line in sheets_of(context)]
    shown["customer"] = _tried(lambda: str(customer_seen(context, "alpha")))
    shown["foreign customer"] = _tried(lambda: str(customer_seen(context, "rest of South, web")))
    shown["orders"] = _tried(lambda: str(orders_seen(context)))
    shown["entry"] = _tried(lambda: str(entry_seen(context)))
    for by in ("division", "patch", "customer"):
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
        held = pl.col("place") == label if name == "budget_lines" else pl.lit(value=False)  # against her budget
        known = pl.col("item").is_in(items) if "item" in table.columns else held
        return known if level == "division" else pl.lit(value=False)
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


def test_who_sees_one_division_begins_with_it(published: Plan) -> None:
    began = {
        person: family_seen(glance(looking(published, person)), "2026-05", place="", money=False).place.key
        for person in ("dirk", "ana", "omar", "pia")
    }
    assert began.pop("pia").startswith("division:")  # money is not hers: where things have one unit
    assert began == {"dirk": "division:DA", "ana": "company", "omar": "company"}  # ana sells of both divisions


def test_a_division_head_reads_her_division_whole_with_its_budget(published: Plan) -> None:
    def page(person: str, place: str) -> FamilySeen:
        return family_seen(glance(looking(published, person)), "2026-05", place=place, money=True)

    def budget(seen: FamilySeen) -> list[float | None]:
        return [one.value for row in seen.rows if row.code == "demand_budget" for one in figures(row)]

    hers = page("dirk", "division:DA")
    assert not hers.part
    assert budget(hers) == budget(page("omar", "division:DA")) != []
    everything = page("dirk", "company")
    assert everything.part
    assert budget(everything) == []
    assert page("pia", "division:DA").everybodys  # the demand of everybody, and the stock of her plant
