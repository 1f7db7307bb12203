"""Every sheet of a plan with each figure moved that a person must not read: what she is shown must not move."""

import numpy as np
import polars as pl

from onenumber.model.cube import Cube, State
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.store.models import Layer, Plan, SheetVersion
from onenumber.store.plans import versions_of
from tests import tiny
from tests.walk.oracle import Part

PRICES = ("price", "revenue", "demand_value")
COSTS = (
    "standard_cost", "variable_cost", "cost_per_hour", "cost", "amount", "money_at_risk", "penalty", "landing",
    "budget", "gap", "margin", "extra_cost", "waiting_cost", "inventory_value", "net_cost", "own_worth", "own_service",
    "own_cost", "final", "severity",
)  # fmt: skip
"""Columns of money: prices, and what is or holds a cost."""
MONEY = ("actual", "plan", "promised")
"""Columns that hold money in the review, and volumes elsewhere."""
MASTER = {
    "prices": ("price",), "costs": ("standard_cost", "variable_cost"), "budget_lines": ("amount",),
    "vendor_items": ("price",), "overtime": ("cost_per_hour",),
}  # fmt: skip
"""Of the company's tables, the figures that are somebody's; the rest says how it works."""
KEPT = ("tolerance", "coverage", "limit")
DIVISION_OF = {item: division for item, _, division, _ in tiny.ITEMS}
PATCH_OF = {"alpha": "Nord", "beta": "South", "gamma": "South", "sirius": "South", "omicron": "West"}
SITE_OF = {"L1": "P1", "L2": "P2"}


def alter(plan: Plan, part: Part | None) -> None:
    """Move in every version of a plan what lies outside a part; all of it for who reads nothing."""
    store = versions_of(plan)
    for version in SheetVersion.objects.filter(plan=plan):
        before, version.content = version.content, store.put(_sheet(store.get(version.content), part))
        version.save(update_fields=["content"])
        Layer.objects.filter(plan=plan, base=before).update(base=version.content)


def _sheet(sheet: Sheet, part: Part | None) -> Sheet:
    return Sheet(
        kind=sheet.kind,
        tables={name: _table(sheet.kind, name, table, part) for name, table in sheet.tables.items()},
        cubes={name: _cube(name, cube, part) for name, cube in sheet.cubes.items()},
        notes={name: value * 3 + 7 if isinstance(value, float) else value for name, value in sheet.notes.items()},
        schema=sheet.schema,
    )


def _cube(name: str, cube: Cube, part: Part | None) -> Cube:
    hers = np.zeros(len(cube.axis), dtype=np.bool_)
    labels = cube.axis.attributes.get(part.level) if part is not None else None
    if part is not None and _reads(name, part):
        hers = labels == part.label if labels is not None else hers | (part.level == "site")
    moved = ~hers[:, None] & (cube.state == State.PRESENT)
    values = np.where(moved, cube.values * 3 + 7, cube.values)
    return Cube(cube.measure, values, cube.state, cube.axis, cube.first, cube.units)


def _reads(figure: str, part: Part) -> bool:
    """Whether who reads a part reads a class of figure in it."""
    return part.prices if figure in PRICES else part.costs if figure in COSTS else True


def _table(kind: SheetKind, name: str, table: pl.DataFrame, part: Part | None) -> pl.DataFrame:
    named = (*PRICES, *COSTS, *(MONEY if kind is SheetKind.REVIEW else ()))
    figures = [c for c in table.columns if c not in KEPT and (table.schema[c] == pl.Float64 or c in named)]
    if kind is SheetKind.COMPANY:
        figures = [c for c in MASTER.get(name, ()) if c in table.columns]
    if not len(table) or not figures:
        return table
    hers = pl.Series([part is not None and _lies_in(row, name, part) for row in table.iter_rows(named=True)])
    if kind is SheetKind.COMPANY and name == "prices" and part is not None and part.level == "patch":
        hers = hers | True  # one list for every customer: what hers pay
    kept = {c: hers & (part is not None and _reads(_class(kind, name, c), part)) for c in figures}
    return table.with_columns(
        pl.when(kept[c]).then(c).otherwise(pl.col(c) * 3 + 7).cast(table.schema[c]).alias(c) for c in figures
    )


def _class(kind: SheetKind, table: str, column: str) -> str:
    """What an order line was sold for is a price; a table of money holds costs, whatever its columns are called."""
    if kind is SheetKind.LOAD and table == "order_lines" and column == "amount":
        return "price"
    return "cost" if kind is SheetKind.REVIEW else column


def _lies_in(row: dict[str, object], table: str, part: Part) -> bool:
    """Whether a row of a table lies in a part, by the labels that stand in it."""
    patch, division, site = _labels(row, table)
    match part.level:
        case "patch":
            return patch == part.label
        case "division":
            return part.label in (division, row.get("place"), row.get("scope"))
        case _:
            return (site or row.get("scope") or part.label if site or "scope" in row else "") == part.label or (
                not site and bool(patch)
            )


def _labels(row: dict[str, object], table: str) -> tuple[str, str, str]:
    item, _, customer = str(row.get("stream") or "").partition("|")
    item = str(row.get("item") or item)
    customer = str(row.get("planning_customer") or row.get("customer") or customer)
    if table == "shipments":
        order = str(row["order"])
        customer = next(c for c in PATCH_OF if c in order)
        item = order[-2:]
    patch = str(row.get("patch") or PATCH_OF.get(customer) or _rest(customer))
    division = str(row.get("division") or DIVISION_OF.get(item, ""))
    return patch, division, str(row.get("site") or SITE_OF.get(str(row.get("resource") or ""), ""))


def _rest(customer: str) -> str:
    """The patch of the rest of a patch: `rest of South, shop`."""
    return customer.removeprefix("rest of ").partition(",")[0] if customer.startswith("rest of ") else ""
