"""What happened to the squeezed company: a month that came otherwise than it was published, and what vendors did."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
from django.db import transaction

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.store.models import Cycle, DecisionRow, Plan, SheetVersion
from onenumber.store.plans import find_cycle, versions_of
from tests import tiny
from tests.journeys.acting import at
from tests.standing import once_a_run
from tests.steps.month_for_tests import (
    LINES,
    NOW,
    OVERTIME,
    PAPER,
    do,
    founded,
    to_executive,
    to_forecast,
    to_published,
    to_signed_demand,
    to_supply,
    version,
)
from tests.steps.plant_for_tests import HUNDRED_DAYS, supplied

JUNE = dt.datetime(2026, 6, 3, 10, tzinfo=dt.UTC)
JULY = dt.datetime(2026, 7, 3, 10, tzinfo=dt.UTC)
JUNE_ASKED = {"alpha": 1.35, "gamma": 0.0}
APRILS_PAPER, JUNES_PAPER, DA_FIRST, DB_FIRST = "2026-04-L1", "2026-06-L1", "B", "C"


def squeezed_may(folder: Path, *plays: Callable[[Plan], object]) -> Plan:
    """The squeezed company in May: from September on its line is short of hours. Each of ``plays`` takes it further."""
    with transaction.atomic():  # rows that are put there again refer to each other
        plan = founded("tight", "live", folder)
        for play in plays:
            play(plan)
    at(plan, NOW)
    return plan


def opened_may(plan: Plan) -> None:
    """Its first cycle is opened."""
    do(plan, "olga", "open", period="2026-05")


def came(
    month: int, *, asked: Mapping[str, float], made: float, paid: float = 1.0, sent: float = 1.0
) -> dict[str, pl.DataFrame]:
    """The facts of a month (index from 2024-01), each as a share of the usual: asked by customer, and made at P1.

    Whoever is not named asked for the usual. ``paid`` is the share of the price that was invoiced, ``sent`` that of
    alpha's orders which left in the month; what did not leave is open still.
    """
    lines: list[tiny.Row] = []
    shipments: list[tiny.Row] = []
    for c, (customer, _, _) in enumerate(tiny.CUSTOMERS):
        for i, (item, _, _, cost) in enumerate(tiny.ITEMS):
            day = tiny.month(month) + dt.timedelta(days=10 + i)
            quantity = round(tiny.quantity(i, c, month) * asked.get(customer, 1.0))
            key, left = f"O{month:02d}{customer}{item}", sent if customer == "alpha" else 1.0
            status = "shipped" if left == 1.0 else "open"
            lines.append(
                {"order": key, "line": 1, "customer": customer, "item": item, "quantity": float(quantity),
                 "amount": paid * quantity * 2 * cost, "currency": "EUR", "ordered": day - dt.timedelta(days=8),
                 "requested": day, "first_confirmed": day, "last_confirmed": day, "status": status}
            )  # fmt: skip
            shipments.append(
                {"shipment": f"S{key}", "order": key, "line": 1, "date": day, "quantity": float(round(left * quantity))}
            )
    produced = [
        {"production": f"M{month}-{item}", "item": item, "site": "P1", "resource": "L1", "date": tiny.month(month),
         "hours": 70.0, "quantity": made * sum(tiny.quantity(n, c, month) for c in range(len(tiny.CUSTOMERS)))}
        for n, (item, *_) in enumerate(tiny.ITEMS)
    ]  # fmt: skip
    left = [
        {"item": i, "site": "P1", "date": tiny.month(month + 1) - dt.timedelta(days=1), "status": "free",
         "quantity": 60.0}
        for i, *_ in tiny.ITEMS
    ]  # fmt: skip
    rows = {"order_lines": lines, "shipments": shipments, "production": produced, "stock": left}
    return {name: tiny.table(name, made) for name, made in rows.items()}


@once_a_run
def to_june_papers(plan: Plan, may: Path) -> None:
    """In May DA was let go first on the line; June's papers are on the executive's table.

    Of May it was measured that P1 made too little, and its manager said why and what she does.
    """
    to_supply(plan)
    to_executive(plan)
    do(plan, "eva", "decide", paper=PAPER, option=DA_FIRST, rationale="its contract has a penalty")
    do(plan, "sven", "replan")
    to_published(plan)
    do(plan, "olga", "load", at=JUNE, folder=may)
    do(plan, "olga", "open", at=JUNE, period="2026-06")
    do(plan, "olga", "freeze", at=JUNE)
    do(plan, "olga", "measure", at=JUNE)
    missed(plan, "production")
    said = {"text": "the press stood for two days", "code": "SUP-LATE"}
    promised = {"action": "a spare part is kept", "due": dt.date(2026, 6, 30)}
    do(plan, "pia", "answer", at=JUNE, figure="production", scope="P1", **said, **promised)
    to_forecast(plan, at=JUNE)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(plan, person, "submit", at=JUNE, patch=patch)
        do(plan, "ines", "accept", at=JUNE, patch=patch)
    to_signed_demand(plan, at=JUNE)
    to_executive(plan, at=JUNE)


def missed(plan: Plan, figure: str) -> None:
    """Of the month that was measured last: a figure lies at 70 %, outside its tolerance."""
    made, store = version(plan, SheetKind.ADHERENCE), versions_of(plan)
    sheet = store.get(made.content)
    is_missed = pl.col("figure") == figure
    figures = sheet.table("figures").with_columns(
        is_missed.alias("breached"), pl.when(is_missed).then(0.7).otherwise("value").alias("value")
    )
    made.content = store.put(replace(sheet, tables={**sheet.tables, "figures": figures}))
    made.save(update_fields=["content"])


def to_july(plan: Plan, folder: Path) -> None:
    """May and June are published; then alpha asks a third more in June than usual, gamma nothing, and half is made.

    Half of what alpha asked left in the month, and a tenth was let off every price.

    July is open, June measured, its baseline made. Of May nothing was answered for.
    """
    to_june_papers(plan, as_usual(folder))
    _to_july(plan, tiny.write(folder / "june", came(29, asked=JUNE_ASKED, made=0.5, paid=0.9, sent=0.5)))


def as_usual(folder: Path) -> Path:
    """The facts of May: everybody took the usual, and all of it was made."""
    return tiny.write(folder / "may", came(28, asked={}, made=1.0))


@once_a_run
def _to_july(plan: Plan, june: Path) -> None:
    do(plan, "eva", "decide", at=JUNE, paper=JUNES_PAPER, option=OVERTIME)
    do(plan, "sven", "replan", at=JUNE)
    do(plan, "omar", "sign", at=JUNE, verb="confirm_final")
    for line in LINES:
        do(plan, "eva", "decide", at=JUNE, paper=line, option="accept", rationale="the budget is of last year")
    do(plan, "eva", "sign", at=JUNE, verb="approve_final")
    do(plan, "olga", "advance", at=JUNE)
    do(plan, "olga", "publish", at=JUNE)
    do(plan, "olga", "advance", at=JUNE)
    do(plan, "olga", "load", at=JULY, folder=june)
    do(plan, "olga", "open", at=JULY, period="2026-07")
    do(plan, "olga", "freeze", at=JULY)
    do(plan, "olga", "measure", at=JULY)
    to_forecast(plan, at=JULY)


def pressed() -> dict[str, pl.DataFrame]:
    """The supplied company (tests/steps/plant_for_tests.py) with nothing in stock and a vendor that takes longer.

    Twelve lines of M1 came from V1 in the last year, each a month later than planned; items are to be had at 97 %.
    """
    made = supplied()
    days = [tiny.month(15 + k) + dt.timedelta(days=2) for k in range(8)]
    took = dt.timedelta(days=HUNDRED_DAYS + 30)
    bought = [
        {"order": f"Q{k}", "line": 1, "vendor": "V1", "item": "M1", "site": "P1", "quantity": 10.0, "ordered": day,
         "first_confirmed": day + dt.timedelta(days=HUNDRED_DAYS), "status": "closed"}
        for k, day in enumerate(days)
    ]  # fmt: skip
    came_in = [
        {"receipt": f"G{k}", "order": f"Q{k}", "line": 1, "date": day + took, "quantity": 10.0}
        for k, day in enumerate(days)
    ]
    made["purchase_orders"] = tiny.table("purchase_orders", bought)
    made["receipts"] = tiny.table("receipts", came_in)
    made["stock"] = made["stock"].with_columns(quantity=pl.when(pl.col("item") == "M1").then("quantity").otherwise(0.0))
    made["item_sites"] = made["item_sites"].with_columns(service_target=0.97)
    return made


def planned_before(plan: Plan) -> None:
    """Ten months before the open one were planned here: each consensus a third over or under what came."""
    now = find_cycle(plan)
    newest = version(plan, SheetKind.CONSENSUS)
    sheet, store = versions_of(plan).get(newest.content), versions_of(plan)
    calendar = make_context(plan, person="olga").frame().calendar
    for k in range(now.index - 10, now.index):
        factor = 4 / 3 if k % 2 else 2 / 3
        cubes = {name: replace(cube, first=k, values=cube.values * factor) for name, cube in sheet.cubes.items()}
        cycle = Cycle.objects.create(
            plan=plan, index=k, label=calendar[k].label, phase="CLOSED", opened_at=newest.made_at
        )
        content = store.put(replace(sheet, cubes=cubes))
        sequence = 100 + k
        SheetVersion.objects.create(
            plan=plan, cycle=cycle, kind=newest.kind, stage="", sequence=sequence, content=content,
            schema=newest.schema, state=newest.state, step=newest.step, person=newest.person, made_at=newest.made_at,
            settings=newest.settings, seed=newest.seed, code_version=newest.code_version, notes={}, edits={},
        )  # fmt: skip


def turn_before(plan: Plan) -> None:
    """In April DA was let go first on the line, on a paper like the one that is on the table."""
    now, store = find_cycle(plan), versions_of(plan)
    papers = store.get(version(plan, SheetKind.DECISION, "papers").content)
    tables = {
        name: table.with_columns(paper=pl.lit(APRILS_PAPER)) if "paper" in table.columns else table
        for name, table in papers.tables.items()
    }
    before = Cycle.objects.create(
        plan=plan, index=now.index - 1, label="2026-04", phase="CLOSED", opened_at=now.opened_at - dt.timedelta(days=30)
    )
    DecisionRow.objects.create(
        plan=plan, cycle=before, paper=APRILS_PAPER, option=DA_FIRST, how="decided", person="eva", rationale="",
        papers_hash=store.put(replace(papers, tables=tables)), at=before.opened_at,
    )  # fmt: skip
