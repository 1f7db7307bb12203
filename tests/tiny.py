"""A company small enough to be seen whole: two divisions on one line, four items, three customers, all roles."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of

FIRST = dt.date(2024, 1, 1)
MONTHS_OF_HISTORY = 28  # orders from 2024-01 to 2026-04; the first cycle is 2026-05
Row = Mapping[str, object]
FOREVER: Row = {"valid_from": None, "valid_to": None}

PEOPLE = {
    "eva": ("EX", "Eva Okafor"), "ines": ("SM", "Ines Duarte"), "dora": ("DP", "Dora Lind"),
    "omar": ("OP", "Omar Haddad"), "sven": ("SS", "Sven Berg"), "fay": ("FIN", "Fay Chen"),
    "olga": ("OWN", "Olga Novak"), "pia": ("PM", "Pia Rossi"), "adam": ("ADM", "Adam Root"),
    "ana": ("SP", "Ana Ruiz"), "ben": ("SP", "Ben Osei"),
}  # fmt: skip
SCOPES = {"PM": ("site", "P1"), "SP": ("patch", "Nord")}

ITEMS = (("A1", "FA", "DA", 6.0), ("A2", "FA", "DA", 4.0), ("B1", "FB", "DB", 8.0), ("B2", "FB", "DB", 2.0))
"""Item, family, division, standard cost; the price is twice the cost."""
CUSTOMERS = (("alpha", "shop", "Nord"), ("beta", "shop", "South"), ("gamma", "web", "South"))


def month(index: int) -> dt.date:
    """First day of the index-th month from 2024-01."""
    return dt.date(FIRST.year + index // 12, index % 12 + 1, 1)


def tables() -> dict[str, pl.DataFrame]:
    """Every table of the tiny company."""
    return {name: table(name, rows) for name, rows in (_company() | _facts()).items()}


def table(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as a table of the contract: columns that a row leaves out are empty."""
    schema = schema_of(TABLES[name])
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema)


def write(folder: Path, made: Mapping[str, pl.DataFrame] | None = None) -> Path:
    """The tables as a folder of Parquet files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (made or tables()).items():
        rows.write_parquet(folder / f"{name}.parquet")
    return folder


def _company() -> dict[str, list[Row]]:
    return _products() | _sales() | _people() | _plant() | _money()


def _products() -> dict[str, list[Row]]:
    return {
        "plan": [
            {"plan": "tiny", "name": "Tiny Works", "currency": "EUR", "currency_decimals": 2.0, "time_zone": "UTC",
             "calendar": "months", "calendar_start": FIRST, "periods": 60, "fiscal_year_start": 1, "horizon": 6},
        ],
        "divisions": [{"division": d, "name": d} for d in ("DA", "DB")],
        "families": [
            {"family": f, "name": f, "division": d, "equivalent_unit": "pcs"} for f, d in (("FA", "DA"), ("FB", "DB"))
        ],
        "items": [
            {"item": i, "name": i, "family": f, "kind": "made", "role": "product", "unit": "pcs", "decimals": 0}
            for i, f, _, _ in ITEMS
        ],
        "item_sites": [
            {"item": i, "site": "P1", "policy": "make_to_stock", "safety_stock": 20.0, **FOREVER} for i, *_ in ITEMS
        ],
    }  # fmt: skip


def _sales() -> dict[str, list[Row]]:
    return {
        "territories": [{"territory": "T1", "name": "Home"}],
        "customers": [
            {"customer": c, "name": c.title(), "channel": ch, "territory": "T1",
             "priority": "A" if c == "alpha" else "B",
             "key_account": c == "alpha", "named": c == "alpha"}
            for c, ch, _ in CUSTOMERS
        ],
        "patches": [{"patch": p, "name": p, "territory": "T1"} for p in ("Nord", "South")],
        "patch_customers": [{"customer": c, "patch": p, **FOREVER} for c, _, p in CUSTOMERS],
        "patch_owners": [
            {"patch": "Nord", "person": "ana", **FOREVER}, {"patch": "South", "person": "ben", **FOREVER},
        ],
    }  # fmt: skip


def _people() -> dict[str, list[Row]]:
    return {
        "people": [
            {"person": p, "name": name, "superior": "ines" if role == "SP" else None}
            for p, (role, name) in PEOPLE.items()
        ],
        "roles": [
            {"person": p, "role": role, "scope_kind": SCOPES.get(role, ("company", "*"))[0],
             "scope": "*" if role not in SCOPES else ("South" if p == "ben" else SCOPES[role][1]), **FOREVER}
            for p, (role, _) in PEOPLE.items()
        ],
        "owners": [
            {"figure": figure, "scope": "*", "person": person}
            for figure, person in (("sales", "ines"), ("production", "pia"), ("inventory", "sven"), ("service", "omar"),
                                   ("budget", "fay"))
        ],
    }  # fmt: skip


def _plant() -> dict[str, list[Row]]:
    return {
        "sites": [{"site": "P1", "name": "Plant 1", "kind": "plant", "workdays": "12345"}],
        "sourcing_rules": [{"site": "P1", "rank": 1, **FOREVER}],
        "resources": [{"resource": "L1", "name": "Line 1", "site": "P1", "hours_per_period": 300.0, **FOREVER}],
        "overtime": [{"resource": "L1", "step": 1, "hours_per_period": 30.0, "cost_per_hour": 40.0,
                      "needs_decision": True, **FOREVER}],
        "rates": [
            {"item": i, "site": "P1", "route": "main", "resource": "L1", "hours_per_unit": 1.0, "lead_time_days": 2,
             **FOREVER}
            for i, *_ in ITEMS
        ],
    }  # fmt: skip


def _money() -> dict[str, list[Row]]:
    return {
        "prices": [{"item": i, "price": 2 * cost, "currency": "EUR", **FOREVER} for i, _, _, cost in ITEMS],
        "costs": [{"item": i, "standard_cost": cost, "currency": "EUR", **FOREVER} for i, _, _, cost in ITEMS],
        "budget_lines": [
            {"version": "2026", "account": "revenue", "place": d, "period": month(24 + k), "amount": 3000.0}
            for d in ("DA", "DB") for k in range(12)
        ],
        "budget_tolerances": [{"account": "revenue", "place": "*", "percent": 5.0}],
    }  # fmt: skip


def quantity(item: int, customer: int, k: int) -> float:
    """What is ordered in month k: a level, a season of +-20 % and a small sawtooth, all in whole units."""
    season = (0, 2, 4, 2, 0, -2, -4, -4, -2, 0, 2, 2)[k % 12]
    return float(20 + 3 * item + 2 * customer + season + (k * 7 + item * 3 + customer) % 3)


def snapshots(factors: Mapping[str, float], layer: str = "L2") -> list[dict[str, object]]:
    """Forecasts of the cycles of January to April 2026: ``factors`` of the period's demand, by customer.

    From May on, of April's. Three of them had a month that has happened since: as many as a bias needs (K9).
    """
    return [
        {"cycle": month(cycle), "layer": layer, "item": item, "customer": customer, "period": month(k),
         "quantity": factors[customer] * quantity(n, c, min(k, MONTHS_OF_HISTORY - 1))}
        for cycle in range(24, 28)
        for n, (item, *_) in enumerate(ITEMS)
        for c, (customer, *_) in enumerate(CUSTOMERS)
        for k in range(cycle, cycle + 7)
    ]  # fmt: skip


def _facts() -> dict[str, list[Row]]:
    lines: list[Row] = []
    for k in range(MONTHS_OF_HISTORY + 1):
        for c, (customer, _, _) in enumerate(CUSTOMERS):
            for i, (item, _, _, cost) in enumerate(ITEMS):
                lines.append(_line(k, c, i, customer=customer, item=item, price=2 * cost))
    shipped = [line for line in lines if line["status"] == "shipped"]
    return {
        "order_lines": lines,
        "shipments": [
            {"shipment": f"S{line['order']}", "order": line["order"], "line": 1, "date": line["requested"],
             "quantity": line["quantity"]}
            for line in shipped
        ],
        "stock": [
            {"item": i, "site": "P1", "date": month(k + 1) - dt.timedelta(days=1), "status": "free", "quantity": 60.0}
            for k in range(MONTHS_OF_HISTORY) for i, *_ in ITEMS
        ],
        "production": [
            {"production": f"M{k}-{i}", "item": i, "site": "P1", "resource": "L1", "date": month(k), "hours": 70.0,
             "quantity": sum(quantity(n, c, k) for c in range(len(CUSTOMERS)))}
            for k in range(MONTHS_OF_HISTORY) for n, (i, *_) in enumerate(ITEMS)
        ],
        "production_orders": [
            {"order": f"W{i}", "item": i, "site": "P1", "quantity": 60.0, "released": dt.date(2026, 4, 28),
             "due": dt.date(2026, 5, 12)}
            for i, *_ in ITEMS
        ],
    }  # fmt: skip


def _line(k: int, c: int, i: int, *, customer: str, item: str, price: float) -> Row:
    amount = quantity(i, c, k)
    is_open = k == MONTHS_OF_HISTORY  # ordered in the last days of April for May
    day = 10 + i
    requested = month(k) + dt.timedelta(days=day)
    return {
        "order": f"O{k:02d}{customer}{item}", "line": 1, "customer": customer, "item": item,
        "quantity": round(amount / 2) if is_open else amount, "amount": amount * price, "currency": "EUR",
        "ordered": month(k) - dt.timedelta(days=3) if is_open else requested - dt.timedelta(days=8),
        "requested": requested, "first_confirmed": requested, "last_confirmed": requested,
        "status": "open" if is_open else "shipped",
    }  # fmt: skip
