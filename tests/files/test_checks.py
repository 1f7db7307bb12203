"""What rows say to each other: aliases, keys, references, units, circles, the calendar."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.files.batch import Batch
from onenumber.files.checks.bills import check_bills
from onenumber.files.faults import FILE, ROW
from onenumber.files.read import Loaded, read_files
from onenumber.model.sentences import say

ITEMS = "item,name,family,kind,role,unit,decimals\n"
LINES = "order,line,customer,item,quantity,unit,ordered,requested,status\n"
PLAN = (
    "plan,name,currency,currency_decimals,time_zone,calendar,calendar_start,periods,fiscal_year_start,horizon\n"
    "p,P,EUR,2,UTC,months,2026-01-01,24,1,12\n"
)
CUSTOMER = {"customers": pl.DataFrame({"customer": ["K"]})}


def _item(name: str, unit: str = "piece") -> str:
    return f"{name},Thing,,made,product,{unit},0\n"


def _line(order: str, item: str, quantity: str = "5", unit: str = "", day: str = "2026-03-01") -> str:
    return f"{order},1,K,{item},{quantity},{unit},{day},{day},open\n"


def _load(known: dict[str, pl.DataFrame] | None = None, **tables: str) -> Loaded:
    return read_files({f"{name}.csv": text.encode() for name, text in tables.items()}, known=known or {})


def _said(loaded: Loaded) -> list[str]:
    return [say(f) for f in loaded.findings if f.code != "missing_table"]


def test_an_unknown_label_gets_the_nearest_one_as_remedy() -> None:
    loaded = _load(CUSTOMER, items=ITEMS + _item("ABC-100"), order_lines=LINES + _line("1", "ABC100") + _line("2", "X"))
    assert _said(loaded) == [
        (
            "order_lines.csv, row 2, item: 'ABC100' is not in items.item. "
            "Did you mean 'ABC-100'? Else add it there, or map it in aliases."
        ),
        ("order_lines.csv, row 3, item: 'X' is not in items.item. Add it there, correct it, or map it in aliases."),
    ]
    assert loaded.rows_read["order_lines"] == 2
    assert loaded.rows_loaded["order_lines"] == 0


RESOURCES = "resource,name,site,hours_per_day,hours_per_period\n"
SITES = {"sites": pl.DataFrame({"site": ["P"]})}


def test_hours_that_nobody_gave_are_not_zero() -> None:
    loaded = _load(SITES, resources=RESOURCES + "A,A,P,,\nB,B,P,8,\nC,C,P,,160\nD,D,P,0,\nE,E,P,x,\n")
    assert loaded.tables["resources"]["resource"].to_list() == ["B", "C", "D"]
    assert _said(loaded) == [
        (
            "resources.csv, row 2, hours_per_day: Neither hours_per_day nor hours_per_period is given. "
            "Fill one in; write 0 if that is what is meant."
        ),
        (
            "resources.csv, row 6, hours_per_day: 'x' is not a number. "
            "Write digits with a point or a comma, without a unit."
        ),
    ]


def test_hours_whose_column_is_not_there_are_given_in_the_other() -> None:
    loaded = _load(SITES, resources="resource,name,site,hours_per_day\nA,A,P,8\nB,B,P,\n")
    assert loaded.tables["resources"]["resource"].to_list() == ["A"]
    loaded = _load(SITES, resources="resource,name,site\nA,A,P\n")
    assert (len(loaded.tables["resources"]), [f.code for f in loaded.findings if f.place.row]) == (0, ["none_of"])


def test_labels_of_earlier_loads_are_known() -> None:
    known = CUSTOMER | {"items": pl.DataFrame({"item": ["A"], "unit": ["piece"]})}
    assert _said(_load(known, order_lines=LINES + _line("1", "A"))) == []


def test_a_row_that_refers_to_a_refused_row_names_it_however_far_away() -> None:
    loaded = _load(
        divisions="division,name\nD,\n",
        families="family,name,division,equivalent_unit\nF,Fam,D,pallet\n",
        items=ITEMS + "A,Thing,F,made,product,piece,0\n",
    )
    assert _said(loaded) == [
        "divisions.csv, row 2, name: The cell is empty, and it must not be. Fill it in.",
        (
            "families.csv, row 2, division: 'D' is in row 2 of divisions.csv, and that row was not loaded. "
            "Put that row right first."
        ),
        (
            "items.csv, row 2, family: 'F' is in row 2 of families.csv, and that row was not loaded. "
            "Put that row right first."
        ),
    ]


def test_a_table_that_refers_to_itself_is_settled_to_the_end() -> None:
    people = "person,name,superior\nA,Ada,B\nB,Bob,C\nC,Cy,NOBODY\nD,Di,\n"
    loaded = _load(people=people)
    assert loaded.tables["people"]["person"].to_list() == ["D"]
    assert [(f.code, f.place.row) for f in loaded.findings if f.place.row] == [
        ("refused_reference", 2),
        ("refused_reference", 3),
        ("unknown_reference", 4),
    ]


def test_the_scope_of_a_role_is_looked_up_where_its_kind_says() -> None:
    people = {"people": pl.DataFrame({"person": ["A"]}), "divisions": pl.DataFrame({"division": ["North"]})}
    rows = "A,DP,division,North\nA,DP,division,nord\nA,EX,company,*\n"
    loaded = _load(people, roles="person,role,scope_kind,scope\n" + rows)
    assert loaded.tables["roles"]["scope"].to_list() == ["North", "*"]


def test_aliases_map_spellings_in_every_table_that_refers_to_the_label() -> None:
    loaded = _load(
        CUSTOMER,
        items=ITEMS + _item("A"),
        aliases="column,spelling,label\nitems.item,silica blue,A\n",
        order_lines=LINES + _line("1", "silica blue"),
        bill_of_materials="parent,component,quantity\n",
    )
    assert loaded.tables["order_lines"]["item"].to_list() == ["A"]
    assert [f.code for f in loaded.findings if f.code != "missing_table"] == ["no_rows"]


def test_aliases_of_an_earlier_load_hold_and_a_newer_one_wins() -> None:
    items = {"items": pl.DataFrame({"item": ["A", "B"], "unit": ["piece", "piece"]})}
    old = {"aliases": pl.DataFrame({"column": ["items.item"] * 2, "spelling": ["x", "y"], "label": ["A", "A"]})}
    loaded = _load(
        CUSTOMER | items | old,
        aliases="column,spelling,label\nitems.item,y,B\n",
        order_lines=LINES + _line("1", "x") + _line("2", "y"),
    )
    assert loaded.tables["order_lines"]["item"].to_list() == ["A", "B"]


def test_of_two_rows_with_one_key_the_first_counts_and_both_are_named() -> None:
    loaded = _load(divisions="division,name\nA,One\nB,Two\nA,Three\n")
    assert loaded.tables["divisions"].rows() == [("A", "One"), ("B", "Two")]
    assert _said(loaded) == [
        (
            "divisions.csv, row 4, division: A is there already in row 2 of divisions.csv; the first row counts. "
            "Leave one row for each division."
        )
    ]


def test_empty_parts_of_a_key_are_equal_and_two_files_of_a_table_are_one_load() -> None:
    known = {"items": pl.DataFrame({"item": ["A"]})}
    text = "item,standard_cost,currency\nA,1,EUR\n"
    loaded = read_files({"costs.csv": text.encode(), "costs.txt": text.encode()}, known=known)
    assert loaded.rows_read["costs"] == 2
    assert _said(loaded) == [
        (
            "costs.txt, row 2, valid_from: A is there already in row 2 of costs.csv; the first row counts. "
            "Leave one row for each item and valid_from."
        )
    ]


def test_quantities_in_another_unit_become_planning_units_by_the_factor_of_their_day() -> None:
    loaded = _load(
        CUSTOMER,
        items=ITEMS + _item("A"),
        unit_conversions="item,unit,factor,valid_from\nA,box,10,\nA,box,12,2026-03-01\n",
        order_lines=LINES
        + _line("1", "A", "2", "box", "2026-02-28")
        + _line("2", "A", "2", "box", "2026-03-01")
        + _line("3", "A", "-2", "piece")
        + _line("4", "A", "2", "pallet"),
    )
    lines = loaded.tables["order_lines"]
    assert lines["quantity"].to_list() == [20.0, 24.0, -2.0]  # 2 x 10, 2 x 12, and a return
    assert lines["unit"].to_list() == ["piece"] * 3
    assert _said(loaded) == [
        (
            "order_lines.csv: Returns among the order lines: 1, 2 piece in all; kept apart from demand, not an error. "
            "They stand in History as returns, and their amounts are taken off its value."
        ),
        (
            "order_lines.csv, row 4, quantity: -2 piece of A is a return: kept apart from demand, not an error. "
            "Nothing, if goods came back; else correct the sign."
        ),
        (
            "order_lines.csv, row 5, unit: There is no conversion from 'pallet' to 'piece' for item 'A' on 2026-03-01. "
            "Add a row to unit_conversions, or give the quantity in 'piece'."
        ),
    ]


def _bills(*rows: tuple[str, str] | tuple[str, str, str, str]) -> Loaded:
    names = sorted({name for row in rows for name in row[:2]})
    text = "".join(",".join([*row[:2], "1", *row[2:], *["", ""][: 4 - len(row)]]) + "\n" for row in rows)
    known = {"items": pl.DataFrame({"item": names})}
    return _load(known, bill_of_materials="parent,component,quantity,valid_from,valid_to\n" + text)


def test_every_circle_is_named_and_only_the_row_that_closes_it_is_refused() -> None:
    loaded = _bills(("A", "B"), ("B", "C"), ("C", "A"), ("B", "D"), ("E", "E"))
    assert _said(loaded) == [
        (
            "bill_of_materials.csv, row 4, component: The bill of materials goes round in a circle: A > B > C > A. "
            "Take out the row that should not be there."
        ),
        (
            "bill_of_materials.csv, row 6, component: The bill of materials goes round in a circle: E > E. "
            "Take out the row that should not be there."
        ),
    ]
    assert loaded.rows_loaded["bill_of_materials"] == 3


def test_rows_that_never_hold_on_one_day_are_no_circle() -> None:
    assert _said(_bills(("A", "B", "", "2026-01-01"), ("B", "A", "2026-01-01", ""))) == []
    assert len(_said(_bills(("A", "B", "", "2026-02-01"), ("B", "A", "2026-01-01", "")))) == 1


def test_a_circle_with_rows_of_an_earlier_load_costs_the_row_of_this_one() -> None:
    old = {"parent": ["B", "C"], "component": ["C", "A"], "quantity": [1.0, 1.0]}
    known = {"items": pl.DataFrame({"item": ["A", "B", "C"]}), "bill_of_materials": pl.DataFrame(old)}
    days = [pl.lit(None, dtype=pl.Date).alias(name) for name in ("valid_from", "valid_to")]
    known["bill_of_materials"] = known["bill_of_materials"].with_columns(days)
    loaded = _load(known, bill_of_materials="parent,component,quantity\nA,B,1\nA,C,0.5\n")
    assert loaded.tables["bill_of_materials"].is_empty()  # A > B > C > A and A > C > A
    assert [f.place.row for f in loaded.findings if f.code == "bill_cycle"] == [2, 3]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20, unique=True))
def test_after_the_check_a_bill_can_be_put_in_levels(edges: list[tuple[int, int]]) -> None:
    dated = {"valid_from": None, "valid_to": None, FILE: "b.csv", ROW: 1}
    rows = [{"parent": str(a), "component": str(b), **dated} for a, b in edges]
    schema = {"parent": pl.String, "component": pl.String, "valid_from": pl.Date, "valid_to": pl.Date}
    table = pl.DataFrame(rows, schema={**schema, FILE: pl.String, ROW: pl.Int64})
    batch = Batch(good={"bill_of_materials": table}, refused={"bill_of_materials": table.clear()}, known={})
    left = {(r["parent"], r["component"]) for r in check_bills(batch).good["bill_of_materials"].iter_rows(named=True)}
    while left:
        used = {parent for parent, _ in left}
        lower = {edge for edge in left if edge[1] in used}
        assert lower < left, "a circle is left"
        left = lower


def test_overlaps_are_pointed_at_and_an_open_row_that_is_followed_is_none() -> None:
    known = {"items": pl.DataFrame({"item": ["A"]})}
    rows = "A,1,EUR,,\nA,2,EUR,2026-01-01,2026-07-01\nA,3,EUR,2026-06-01,\n"
    loaded = _load(known, costs="item,standard_cost,currency,valid_from,valid_to\n" + rows)
    assert len(loaded.tables["costs"]) == 3
    assert _said(loaded) == [
        (
            "costs.csv, row 4, valid_from: A holds from 2026-06-01, while row 3 holds until 2026-07-01; the later row "
            "wins from its first day. End the earlier row where this one begins."
        )
    ]


@pytest.mark.parametrize(
    ("zone", "remedy"),
    [
        ("Europe/Berlim", "Did you mean 'Europe/Berlin'?"),
        ("europe/berlin", "Did you mean 'Europe/Berlin'?"),  # a label is matched exactly
        ("our plant", "Write its name there, e.g. Europe/Berlin."),
    ],
)
def test_a_time_zone_is_one_of_the_list(zone: str, remedy: str) -> None:
    loaded = _load(plan=PLAN.replace("UTC", zone))
    assert _said(loaded) == [f"plan.csv, row 2, time_zone: {zone!r} is no time zone of the IANA list. {remedy}"]
    assert loaded.tables["plan"].is_empty()


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_a_time_zone_of_the_list_loads(zone: str) -> None:
    assert _load(plan=PLAN.replace("UTC", zone)).tables["plan"]["time_zone"].to_list() == [zone]


def test_a_currency_is_one_that_exists() -> None:
    known = {"items": pl.DataFrame({"item": ["A", "B", "C"]})}
    loaded = _load(known, plan=PLAN, costs="item,standard_cost,currency\nA,1,EUT\nB,1,USD\nC,1,QQQ\n")
    assert _said(loaded) == [
        "costs.csv, row 2, currency: 'EUT' is no currency of ISO 4217. Did you mean 'EUR'?",
        (
            "costs.csv, row 3, currency: USD has no plan rate: rows in it, 1 here, were loaded and have no value in "
            "the plan. Add a row of rate_set plan to currency_rates."
        ),
        "costs.csv, row 4, currency: 'QQQ' is no currency of ISO 4217. Write its code of three letters, e.g. EUR.",
    ]
    assert loaded.tables["costs"]["item"].to_list() == ["B"]


def test_a_plan_has_one_row_and_another_is_refused() -> None:
    second = PLAN.splitlines()[1].replace("p,", "q,", 1)
    loaded = _load(plan=PLAN + second + "\n")
    text = (
        "'q' is another plan than 'p', whose tables these are, and a plan has one row. "
        "Write 'p', or load the folder into a plan of its own with --plan."
    )
    assert _said(loaded) == [f"plan.csv, row 3, plan: {text}"]
    assert loaded.tables["plan"]["plan"].to_list() == ["p"]


@pytest.mark.parametrize(("written", "there"), [("Order Lines", True), ("order-lines", True), ("order_linez", False)])
def test_names_of_files_are_matched_plainly(written: str, there: bool) -> None:
    loaded = read_files({f"{written}.csv": LINES.encode()})
    assert ("order_lines" in loaded.tables) is there


def test_labels_with_blanks_are_trimmed_and_one_note_counts_them() -> None:
    loaded = _load(divisions="division,name\nA,Alpha\n B ,Beta\nC ,Gamma\n")
    assert loaded.tables["divisions"]["division"].to_list() == ["A", "B", "C"]
    assert _said(loaded) == [
        (
            "divisions.csv, row 3, division: 2 labels had blanks at their ends, the first of them ' B '; "
            "they were taken off. Take them off in the source."
        )
    ]


def test_every_table_has_all_columns_of_the_contract_in_order() -> None:
    loaded = _load(territories="name,territory\nNorth,T\n")
    table = loaded.tables["territories"]
    assert table.schema == {"territory": pl.String, "name": pl.String, "region": pl.String}
    assert table.row(0) == ("T", "North", None)


def test_a_day_is_a_date() -> None:
    assert _load(plan=PLAN).tables["plan"]["calendar_start"].to_list() == [dt.date(2026, 1, 1)]
