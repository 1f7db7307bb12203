"""Example rows of every table of the contract; together they load without a finding (a test loads them)."""

from onenumber.model.contract import Column, Kind, Table

NAMED = {
    "adjustment": "ADJ-1",
    "channel": "retail",
    "column": "items.item",
    "currency": "EUR",
    "customer": "K-1",
    "division": "DIV-A",
    "email": "ada@example.org",
    "equivalent_unit": "pallet",
    "family": "F-10",
    "item": "B-100",
    "label": "B-100",
    "note": "Spring promotion",
    "order": "O-1001",
    "patch": "P-1",
    "person": "ADA",
    "place": "DIV-A",
    "plan": "acme",
    "production": "PR-1",
    "promotion": "PROMO-1",
    "rate_set": "plan",
    "reason": "Agreed in June",
    "receipt": "RC-1",
    "region": "North",
    "resource": "LINE-1",
    "route": "main",
    "scope": "DIV-A",
    "shipment": "S-1",
    "site": "PLANT-1",
    "spelling": "B 100 (old)",
    "territory": "T-1",
    "time_zone": "Europe/Berlin",
    "unit": "piece",
    "valid_to": "",
    "vendor": "V-1",
    "version": "2026",
    "window": "MNT-1",
    "workdays": "12345",
}
"""Values by the name of their column, used wherever no other rule gives one."""
NUMBERS = {
    "factor": "12",
    "fiscal_year_start": "1",
    "horizon": "18",
    "periods": "60",
    "price": "9.50",
    "quantity": "120",
    "service_target": "0.98",
    "yield_share": "0.97",
}
LATER = ("end", "latest", "sold_to", "due", "last_confirmed")
"""Columns whose day lies after that of the others in their row."""
EXCEPTIONS: dict[str, tuple[dict[str, str], ...]] = {
    "plan": ({"calendar_start": "2024-01-01", "currency_decimals": "2"},),
    "items": ({}, {"item": "M-200", "name": "Example material", "family": "", "kind": "bought", "role": "material"}),
    "people": ({"superior": "BOB"}, {"person": "BOB", "name": "Bob Example", "superior": ""}),
    "roles": ({"role": "DP", "scope_kind": "division"},),
    "item_sites": ({}, {"item": "M-200"}),
    "unit_conversions": ({"unit": "carton"},),
    "order_lines": ({"unit": "carton", "quantity": "10", "status": "open", "cancelled_by": ""},),
    "sites": ({}, {"site": "WH-1", "name": "Example warehouse", "kind": "warehouse"}),
    "lanes": ({"to_site": "WH-1"},),
    "deputies": ({"deputy": "BOB", "valid_to": "2026-08-01"},),
    "item_links": ({"to_item": "M-200", "kind": "succeeded", "factor": "1"},),
    "launches": ({"analogue": "M-200"},),
    "phase_outs": ({"successor": "M-200"},),
    "bill_of_materials": ({"parent": "B-100", "component": "M-200", "quantity": "2"},),
    "plan_snapshots": ({"place": "K-1"},),
    "vendor_items": ({"item": "M-200"},),
    "budget_lines": ({"period": "2026-07-01"},),
}
"""Rows that differ from what the rules give; a table with several has several example rows."""


def example_rows(table: Table) -> list[dict[str, str]]:
    """The example rows of a table as texts, as they would stand in a CSV file.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> example_rows(TABLES["divisions"])
        [{'division': 'DIV-A', 'name': 'Example division'}]
    """
    rule = {column.name: _value(table, column) for column in table.columns}
    return [{**rule, **own} for own in EXCEPTIONS.get(table.name, ({},))]


def _value(table: Table, column: Column) -> str:
    match column.kind:
        case Kind.CHOICE:
            return column.choices[0]
        case Kind.FLAG:
            return "yes"
        case Kind.DATE:
            return NAMED.get(column.name, "2026-07-31" if column.name in LATER else "2026-07-01")
        case Kind.NUMBER | Kind.INTEGER:
            return NUMBERS.get(column.name, "1")
        case Kind.LABEL | Kind.TEXT:
            return _word(table, column)


def _word(table: Table, column: Column) -> str:
    if column.name == "name":
        return f"Example {table.key[0].replace('_', ' ')}"
    return NAMED[column.refers_to.split(".")[1] if column.refers_to else column.name]
