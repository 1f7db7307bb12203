"""What rows say of rows in other tables: orders, channels, places."""

import polars as pl
import pytest

from onenumber.files.read import Loaded, read_files
from onenumber.model.finding import Severity
from onenumber.model.sentences import say
from tests.files.company import Rows, csv_files, sound


def _row(table: str, **cells: str) -> list[str]:
    """The example row of a table with other cells."""
    header, example, *_ = sound()[table]
    return [cells.get(column, cell) for column, cell in zip(header, example, strict=True)]


def _with(**rows: list[list[str]]) -> Loaded:
    """The sound company with rows more in some tables; they stand behind its own."""
    tables: dict[str, Rows] = {name: [*held, *rows.get(name, [])] for name, held in sound().items()}
    return read_files(csv_files(tables))


def _said(loaded: Loaded) -> list[str]:
    return [say(finding) for finding in loaded.findings]


def test_a_shipment_names_an_order_and_one_of_its_lines() -> None:
    wrong = [
        _row("shipments", shipment="S-2", order="O1001"),
        _row("shipments", shipment="S-3", line="7"),
    ]
    loaded = _with(shipments=wrong)
    assert _said(loaded) == [
        (
            "shipments.csv, row 3, order: 'O1001' is not in order_lines.order. "
            "Did you mean 'O-1001'? Else add it there, or map it in aliases."
        ),
        (
            "shipments.csv, row 4, line: No row of order_lines has order and line 'O-1001, 7'. "
            "Add the row there, or correct this one."
        ),
    ]
    assert loaded.tables["shipments"]["shipment"].to_list() == ["S-1"]


def test_a_shipment_of_a_line_that_was_refused_names_its_row_whatever_refused_it() -> None:
    loaded = _with(
        order_lines=[_row("order_lines", line="2", unit="barrel"), _row("order_lines", order="O-9", quantity="many")],
        shipments=[_row("shipments", shipment="S-2", line="2"), _row("shipments", shipment="S-3", order="O-9")],
    )
    assert [say(f) for f in loaded.findings if f.place.file == "shipments.csv"] == [
        (
            "shipments.csv, row 3, line: 'O-1001, 2' is in row 3 of order_lines.csv, and that row was not loaded. "
            "Put that row right first."
        ),
        (
            "shipments.csv, row 4, order: 'O-9' is in row 4 of order_lines.csv, and that row was not loaded. "
            "Put that row right first."
        ),
    ]


def test_lines_of_an_earlier_load_may_be_shipped() -> None:
    known = {"order_lines": pl.DataFrame({"order": ["O-1"], "line": [1]}, schema={"order": str, "line": pl.Int64})}
    shipments = b"shipment,order,line,date,quantity\nS-1,O-1,1,2026-07-01,5\nS-2,O-1,2,2026-07-01,5\n"
    loaded = read_files({"shipments.csv": shipments}, known=known)
    assert loaded.tables["shipments"]["line"].to_list() == [1]


def test_a_receipt_names_a_purchase_order_and_one_of_its_lines() -> None:
    loaded = _with(
        receipts=[_row("receipts", receipt="RC-2", order="O-1002"), _row("receipts", receipt="RC-3", line="2")]
    )
    assert [(f.place.row, f.place.column, f.code, f.values.get("near")) for f in loaded.findings] == [
        (3, "order", "unknown_reference", "O-1001"),
        (4, "line", "unknown_row", None),
    ]
    assert len(loaded.tables["receipts"]) == 1


def test_production_on_an_unknown_order_loads_and_is_pointed_at() -> None:
    made = [_row("production", production="PR-2", order="O1001"), _row("production", production="PR-3", order="")]
    before = _row("production", production="PR-4", order="W-old", date="2026-06-30")  # nothing was released yet
    loaded = _with(production=[*made, before])
    assert _said(loaded) == [
        (
            "production.csv, row 3, order: 'O1001' is not in production_orders: what was made counts, and takes "
            "nothing off what is still to come. Did you mean 'O-1001'?"
        )
    ]
    assert loaded.findings[0].severity is Severity.ATTENTION
    assert loaded.tables["production"]["production"].to_list() == ["PR-1", "PR-2", "PR-3", "PR-4"]


@pytest.mark.parametrize("table", ["period_mappings", "prices", "sourcing_rules"])
def test_a_channel_is_one_that_a_customer_has(table: str) -> None:
    loaded = _with(**{table: [_row(table, channel="retial"), _row(table, channel="mail")]})
    assert [say(f).partition(": ")[2] for f in loaded.findings] == [
        "'retial' is not in customers.channel. Did you mean 'retail'? Else add it there, or map it in aliases.",
        "'mail' is not in customers.channel. Add it there, correct it, or map it in aliases.",
    ]
    assert loaded.tables[table]["channel"].to_list() == ["retail"]


def test_an_empty_channel_means_all_and_is_no_finding() -> None:
    assert _said(_with(sourcing_rules=[_row("sourcing_rules", channel="")])) == []


PLACES = [
    ("budget_lines", {"account": "inventory_value", "place": "PLANT-9"}, "sites.site", "PLANT-1"),
    ("budget_lines", {"account": "contribution_margin", "place": "PLANT-1"}, "divisions.division", ""),
    ("budget_lines", {"account": "overtime_cost", "place": "DIV-A"}, "sites.site", ""),
    ("budget_lines", {"account": "revenue", "place": "*"}, "divisions.division", ""),
    ("budget_tolerances", {"account": "expedite_cost", "place": "WH1"}, "sites.site", "WH-1"),
    ("owners", {"figure": "production", "scope": "DIV-A"}, "sites.site", ""),
    ("owners", {"figure": "budget", "scope": "DIV-B"}, "divisions.division or sites.site", "DIV-A"),
    ("owners", {"figure": "service", "scope": "div-a"}, "divisions.division", "DIV-A"),
    ("roles", {"role": "SM", "scope_kind": "organisation", "scope": "bob"}, "people.person", "BOB"),
    ("roles", {"role": "DP", "scope_kind": "division", "scope": "*"}, "divisions.division", ""),
    ("plan_snapshots", {"measure": "production", "place": "K-1"}, "sites.site", ""),
]


@pytest.mark.parametrize(("table", "cells", "target", "near"), PLACES)
def test_a_place_is_what_its_row_says_it_is(table: str, cells: dict[str, str], target: str, near: str) -> None:
    column = "scope" if "scope" in cells else "place"
    loaded = _with(**{table: [_row(table, **cells)]})
    assert len(loaded.findings) == 1
    remedy = f"Did you mean {near!r}? Else add it there" if near else "Add it there, correct it"
    assert say(loaded.findings[0]) == (
        f"{table}.csv, row 3, {column}: {cells[column]!r} is not in {target}. {remedy}, or map it in aliases."
    )
    assert len(loaded.tables[table]) == 1


WHOLES = [
    ("owners", {"figure": "service", "scope": "*"}),
    ("owners", {"figure": "budget", "scope": "PLANT-1"}),
    ("budget_tolerances", {"account": "overtime_cost", "place": "*"}),
    ("budget_lines", {"account": "overtime_cost", "place": "WH-1"}),
    ("roles", {"role": "EX", "scope_kind": "company", "scope": "*"}),
    ("roles", {"role": "SM", "scope_kind": "organisation", "scope": "BOB"}),
]


@pytest.mark.parametrize(("table", "cells"), WHOLES)
def test_a_place_that_is_there_and_the_whole_company_load(table: str, cells: dict[str, str]) -> None:
    loaded = _with(**{table: [_row(table, **cells)]})
    assert _said(loaded) == []
    assert len(loaded.tables[table]) == 2


def test_a_role_over_the_company_has_no_part_of_it_as_scope() -> None:
    loaded = _with(roles=[_row("roles", role="EX", scope_kind="company", scope="DIV-A")])
    assert _said(loaded) == [
        "roles.csv, row 3, scope: 'DIV-A' names a part, and a row of 'company' holds for the whole company. Write '*'."
    ]


def test_a_spelling_of_a_place_is_mapped_only_where_the_row_may_mean_it() -> None:
    alias = _row("aliases", column="sites.site", spelling="Works", label="PLANT-1")
    lines = [_row("budget_lines", account=account, place="Works") for account in ("overtime_cost", "revenue")]
    loaded = _with(aliases=[alias], budget_lines=lines)
    assert loaded.tables["budget_lines"]["place"].to_list() == ["DIV-A", "PLANT-1"]
    assert [(f.place.row, f.code) for f in loaded.findings] == [(4, "unknown_reference")]


@pytest.mark.parametrize("table", ["rates", "production"])
def test_a_resource_is_used_at_its_own_site(table: str) -> None:
    lines = [_row("resources", resource="LINE-2", site="WH-1"), _row("resources", valid_from="2027-01-01", site="WH-1")]
    policies = [_row("item_sites", item=item, site="WH-1") for item in ("B-100", "M-200")]
    key = {"rates": "route", "production": "production"}[table]
    wrong = _row(table, **{key: "new"}, resource="LINE-2")
    moved = _row(table, **{key: "moved"}, site="WH-1")  # LINE-1 is in the plant, and from 2027 on in the warehouse
    loaded = _with(resources=lines, item_sites=policies, **{table: [wrong, moved]})
    remedy = "Correct the resource or the site."
    assert _said(loaded) == [
        f"{table}.csv, row 3, resource: 'LINE-2' is at WH-1, and this row is at 'PLANT-1'. {remedy}"
    ]
    assert loaded.tables[table][key].to_list()[1:] == ["moved"]


def test_an_item_that_comes_to_a_site_without_a_policy_there_is_pointed_at() -> None:
    vendor = _row("vendor_items", site="WH-1")
    line = _row("resources", resource="LINE-2", site="WH-1")
    rate = _row("rates", site="WH-1", resource="LINE-2")
    loaded = _with(resources=[line], rates=[rate], vendor_items=[vendor])
    said = "where this needs it: it is planned as made to stock, without a safety stock, lots and fences"
    assert sorted(_said(loaded)) == [
        (
            f"bill_of_materials.csv, row 2, component: 'M-200' has no row in item_sites at 'WH-1', {said}. "
            "Add the row to item_sites, or correct this one."
        ),
        (
            f"rates.csv, row 3, site: 'B-100' has no row in item_sites at 'WH-1', {said}. "
            "Add the row to item_sites, or correct this one."
        ),
        (
            f"vendor_items.csv, row 3, site: 'M-200' has no row in item_sites at 'WH-1', {said}. "
            "Add the row to item_sites, or correct this one."
        ),
    ]
    assert {f.severity for f in loaded.findings} == {Severity.ATTENTION}
    assert len(loaded.tables["rates"]) == len(loaded.tables["vendor_items"]) == 2


def test_a_bill_of_what_is_made_nowhere_needs_no_policy() -> None:
    tables = sound()
    tables["rates"] = tables["rates"][:1]
    tables["item_sites"] = tables["item_sites"][:2]  # without the component
    tables["vendor_items"] = tables["vendor_items"][:1]
    loaded = read_files(csv_files(tables))
    assert {f.code for f in loaded.findings} == {"no_rows"}
