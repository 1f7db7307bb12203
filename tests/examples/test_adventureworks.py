"""AdventureWorks in the contract: the sums to expect, and the traps that its tables hold."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from examples.adventureworks.convert import convert, write
from examples.adventureworks.source import Source, with_month
from onenumber.demand.history import History, Span, history_sheet, make_history
from onenumber.demand.known import known_before, open_lines
from onenumber.files.read import Loaded, read_folder
from onenumber.model.contract import COMPANY, LOAD, TABLES
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import content_hash
from onenumber.model.validity import as_known_on, latest_on
from tests.examples.shared import shared_data

pytestmark = pytest.mark.shared
APRIL, MAY, JUNE = 34, 35, 36
"""Cycles 2014-04, 2014-05 and 2014-06: History of each ends with the month before."""


@pytest.fixture(scope="module")
def source() -> Source:
    return Source(shared_data("adventureworks"))


@pytest.fixture(scope="module")
def loaded(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The converted folder as the product loads it."""
    folder = tmp_path_factory.mktemp("adventureworks")
    write(convert(source), folder)
    return read_folder(folder)


@pytest.fixture(scope="module")
def tables(loaded: Loaded) -> dict[str, pl.DataFrame]:
    return dict(loaded.tables)


def known_for(tables: dict[str, pl.DataFrame], cycle: int) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """Facts and master data as a rehearsal of the cycle knows them."""
    calendar = plan_frame(tables["plan"]).calendar
    company = {name: as_known_on(tables[name], calendar[cycle].start) for name in COMPANY if name in tables}
    load = {name: tables[name] for name in LOAD if name in tables}
    return known_before(load, company=company, calendar=calendar, cycle=cycle), company


def history_of(tables: dict[str, pl.DataFrame], cycle: int) -> History:
    load, company = known_for(tables, cycle)
    frame = plan_frame(tables["plan"])
    span = Span(calendar=frame.calendar, first=0, cycle=cycle, horizon=frame.horizon)
    return make_history(load=load, company=company, span=span)


@pytest.fixture(scope="module")
def histories(tables: dict[str, pl.DataFrame]) -> dict[int, History]:
    return {cycle: history_of(tables, cycle) for cycle in (APRIL, MAY, JUNE)}


def sums(history: History, rows: np.ndarray, period: int) -> tuple[float, float]:
    """Units and money of some streams in one period."""
    return float(history.raw.values[rows, period].sum()), round(float(history.value.values[rows, period].sum()), 2)


def test_every_table_has_the_columns_of_the_contract_and_keys_that_are_unique(tables):
    for name, table in tables.items():
        assert table.columns == [column.name for column in TABLES[name].columns]
        assert not table.select(TABLES[name].key).is_duplicated().any(), name


def test_every_row_loads_and_only_dates_outside_the_calendar_are_found(loaded):
    assert loaded.rows_loaded == loaded.rows_read
    found = {(finding.code, finding.place.file) for finding in loaded.findings}
    assert found == {("outside_calendar", "order_lines.parquet"), ("outside_calendar", "stock.parquet")}


def test_what_does_not_exist_is_absent(tables):
    assert {"receipts", "maintenance", "budget_lines", "promotions", "forecast_snapshots"}.isdisjoint(tables)


def test_raw_orders_are_all_there(tables):
    lines = tables["order_lines"]
    assert (len(lines), lines["quantity"].sum()) == (121_253, 274_776)
    assert round(lines["amount"].sum(), 2) == 109_809_274.20


def test_the_rule_of_the_periods_gives_the_months_of_the_data(source):
    lines = with_month(source["sales_order_line"])
    assert lines.filter(pl.col("month") != pl.col("sop_month")).height == 0


@pytest.mark.parametrize(
    ("cycle", "lines", "units", "money"),
    [(MAY, 110_490, 256_753, 104_378_360.27), (JUNE, 119_118, 272_641, 109_745_791.02)],
)
def test_history_has_the_expected_sums(tables, histories, cycle, lines, units, money):
    notes = history_sheet(histories[cycle]).notes
    assert (notes["units"], notes["money"]) == (units, money)
    assert len(known_for(tables, cycle)[0]["order_lines"]) == lines + 5  # the five of 31 May 2011 are in no period
    assert [(f.code, f.values["lines"]) for f in histories[cycle].findings] == [("history_outside_calendar", 5)]


@pytest.mark.parametrize(("period", "units", "money"), [(APRIL, 15_424, 5_110_489.91), (MAY, 15_888, 5_367_430.75)])
def test_a_month_has_its_expected_sums(histories, period, units, money):
    assert sums(histories[JUNE], np.arange(len(histories[JUNE].raw.axis)), period) == (units, money)


@pytest.mark.parametrize(
    ("attribute", "label", "units", "money"),
    [
        ("channel", "reseller", 10_264, 3_416_234.85),
        ("channel", "internet", 5_624, 1_951_195.90),
        ("division", "Bikes", 4_321, 4_565_082.56),
        ("division", "Components", 2_555, 577_852.35),
        ("division", "Clothing", 3_967, 119_667.84),
        ("division", "Accessories", 5_045, 104_828.00),
    ],
)
def test_may_2014_by_channel_and_category(histories, attribute, label, units, money):
    history = histories[JUNE]
    assert sums(history, np.flatnonzero(history.raw.axis.attributes[attribute] == label), MAY) == (units, money)


def test_streams_by_territory_and_channel_are_those_of_the_data(tables, source):
    """The data counts streams by territory; ours are by salesperson, which is finer."""
    until_april = convert(source, dt.date(2014, 5, 1))["customers"]
    lines = with_month_of(known_for(tables, MAY)[0]["order_lines"].join(until_april, on="customer"))
    lines = lines.filter(pl.col("month") >= dt.date(2011, 6, 1)).join(tables["items"], on="item")
    by_territory = lines.unique(["item", "territory", "channel"])
    planning = pl.when("named").then("customer").otherwise("territory")
    streams = lines.group_by("item", "channel", planning.alias("planning")).agg(
        pl.col("month").max(), pl.col("sold_to").first()
    )
    live = streams.filter((pl.col("month") >= dt.date(2013, 5, 1)) & pl.col("sold_to").is_null())
    assert (by_territory.height, streams.height, live.height) == (3_142, 4_874, 3_321)


def with_month_of(lines: pl.DataFrame) -> pl.DataFrame:
    return with_month(lines.with_columns(pl.col("ordered").alias("order_date")))


def test_twenty_resellers_are_named_and_every_patch_but_the_internets_has_a_person(tables, histories):
    assert tables["customers"].filter("named")["channel"].to_list() == ["reseller"] * 20
    assert len(tables["patch_owners"]) == 17
    unowned = tables["patches"].filter(~pl.col("patch").is_in(tables["patch_owners"]["patch"].implode()))
    assert unowned["patch"].str.starts_with("Internet ").to_list() == [True] * 10
    assert "no patch" not in histories[JUNE].raw.axis.attributes["patch"]


@pytest.mark.parametrize("cycle", [APRIL, MAY, JUNE])
def test_a_resellers_patch_is_that_of_its_last_order_before_the_cycle(tables, source, cycle):
    start = plan_frame(tables["plan"]).calendar[cycle].start
    orders = with_month(source["sales_order_line"]).filter(
        (pl.col("channel") == "reseller") & (pl.col("month") < start)
    )
    last = orders.sort("order_date", "sales_order_id").group_by("customer_id").agg(pl.col("sales_person_id").last())
    expected = {f"AW{c:08d}": f"S{p}" for c, p in last.iter_rows()}
    held = latest_on(tables["patch_customers"], start, ["customer"])
    found = dict(held.filter(pl.col("customer").is_in(list(expected))).select("customer", "patch").iter_rows())
    assert found == expected


@pytest.mark.parametrize(
    ("cycle", "month", "wave", "internet"),
    [(APRIL, dt.date(2014, 3, 1), 10_129, 1_294), (MAY, dt.date(2014, 4, 1), 4, 1_202)],
)
def test_stock_has_back_what_the_ledger_issued_before_it_left(tables, source, cycle, month, wave, internet):
    """The wave is demand of the cycle itself; the internet's last seven days are open and come as backlog."""
    known, _ = known_for(tables, cycle)
    last = known["stock"].filter(pl.col("date") == known["stock"]["date"].max())
    ledger = source["product_inventory_monthly"].filter(pl.col("month") == month)
    newest = ledger.filter(pl.col("ProductKey") == pl.col("ProductKey").max().over("sku"))
    lines = with_month(source["sales_order_line"]).filter(pl.col("channel") == "reseller")
    early = lines.filter(pl.col("month") > month, pl.col("order_date") <= last["date"][0])
    assert early["order_qty"].sum() == wave
    assert open_lines(known)["open"].sum() == internet
    assert last["quantity"].sum() - newest["end_balance"].sum() == wave + internet
    assert newest["end_balance"].min() < 0
    assert last["quantity"].min() > 0


def test_stock_of_the_live_network_before_units_are_put_back(source):
    ledger = source["product_inventory_monthly"].filter(pl.col("month") == dt.date(2014, 4, 1))
    newest = ledger.filter(pl.col("ProductKey") == pl.col("ProductKey").max().over("sku"))
    assert (ledger["end_balance"].sum(), ledger["end_balance"].sum() - newest["end_balance"].sum()) == (259_076, 25_604)
    assert newest.filter(pl.col("end_balance") < 0).height == 9


def live_network(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Items sold in the 12 months before 2014-05 and not ended, with everything that goes into them."""
    sold = with_month_of(known_for(tables, MAY)[0]["order_lines"].join(tables["customers"], on="customer"))
    sold = sold.filter(pl.col("month") >= dt.date(2013, 5, 1)).join(tables["items"], on="item")
    network = set(sold.filter(pl.col("sold_to").is_null())["item"])
    edges = tables["bill_of_materials"]
    while True:
        more = set(edges.filter(pl.col("parent").is_in(sorted(network)))["component"]) - network
        if not more:
            return tables["items"].filter(pl.col("item").is_in(sorted(network)))
        network |= more


def test_the_live_network_is_the_one_of_the_data(tables):
    live = live_network(tables)
    edges = tables["bill_of_materials"].filter(pl.col("parent").is_in(live["item"].implode()))
    made = live.filter(pl.col("kind") == "made")
    goods = live.filter((pl.col("kind") == "bought") & (pl.col("role") == "product"))
    planned = goods.join(tables["vendor_items"], on="item")
    slow = planned.group_by("item").agg(pl.col("lead_time_days").min()).filter(pl.col("lead_time_days") >= 30)
    assert (live.height, made.height, edges.height) == (294, 176, 1_627)
    assert made.join(tables["rates"], on="item", how="anti").height == 68
    assert (planned["item"].n_unique(), slow.height) == (60, 24)


def test_hours_of_work_centres_and_their_rates(tables, source):
    hours = dict(tables["resources"].select("resource", "hours_per_period").iter_rows())
    technicians = {"WC10": 17, "WC20": 22, "WC30": 25, "WC40": 26, "WC45": 15, "WC50": 26, "WC60": 26}
    assert hours == {name: 160 * count for name, count in technicians.items()}
    rates = latest_on(as_known_on(tables["rates"], dt.date(2014, 5, 1)), dt.date(2014, 5, 1), ["item", "resource"])
    may = pl.col("start_date").is_between(dt.date(2014, 5, 1), dt.date(2014, 5, 31))
    started = (
        source["work_order"].filter(may).group_by(pl.col("product_id").cast(pl.Int64)).agg(pl.col("order_qty").sum())
    )
    labels = source["product"].select(pl.col("ProductID").alias("product_id"), pl.col("ProductNumber").alias("item"))
    needed = started.join(labels, on="product_id").join(rates.filter(pl.col("resource") == "WC60"), on="item")
    good = pl.col("order_qty") * pl.col("yield_share")
    assert round(needed.select((good * pl.col("hours_per_unit")).sum()).item()) == 4_398


def test_work_orders_run_over_the_end_of_april_and_purchases_are_open_by_their_dates(tables, source):
    known, _ = known_for(tables, MAY)
    assert len(known["production_orders"]) == 1_488
    still = known["purchase_orders"].filter(pl.col("status") == "open")
    assert still["first_confirmed"].min() >= dt.date(2014, 5, 1)
    assert still["ordered"].max() <= dt.date(2014, 4, 30)
    lines = source["purchase_order_detail"].join(source["purchase_order_header"], on="PurchaseOrderID")
    lines = lines.filter((pl.col("OrderDate") < dt.date(2014, 5, 1)) & (pl.col("DueDate") >= dt.date(2014, 5, 1)))
    assert (len(lines), lines.filter(pl.col("Status") != 3).height) == (375, 373)


def test_prices_know_nothing_later_and_value_every_stream(tables, histories):
    _, company = known_for(tables, APRIL)
    assert company["prices"]["valid_from"].max() == dt.date(2014, 4, 1)
    sold = tables["order_lines"].filter(pl.col("item") == "BK-R93R-62").join(tables["customers"], on="customer")
    year = with_month_of(sold.filter(pl.col("channel") == "reseller"))
    year = year.filter(pl.col("month").is_between(dt.date(2011, 6, 1), dt.date(2012, 5, 1)))
    net = year["amount"].sum() / year["quantity"].sum()
    price = tables["prices"].filter(
        (pl.col("item") == "BK-R93R-62")
        & (pl.col("channel") == "reseller")
        & (pl.col("valid_from") == dt.date(2012, 6, 1))
    )
    assert price["price"].to_list() == pytest.approx([net])
    assert set(histories[APRIL].raw.axis.attributes["item"].tolist()) <= set(company["prices"]["item"])


def test_quotas_are_targets_of_quarters_and_the_converter_repeats_itself(tables, source):
    assert len(tables["targets"]) == 163
    assert tables["targets"]["start"].dt.month().unique().sort().to_list() == [3, 6, 9, 12]
    again = convert(Source(source.folder))
    assert again.keys() == tables.keys()
    assert all(again[name].equals(table) for name, table in tables.items())


def cut_source(source: Source, day: dt.date) -> Source:
    """AdventureWorks as it was on ``day``: nothing ordered for a later month, started, quoted or ended after it."""
    sales = with_month(source["sales_order_line"]).filter(pl.col("month") < day).drop("month")
    ended = pl.when(pl.col("end_date") < day).then("end_date").alias("end_date")
    good = pl.when(pl.col("end_date") < day).then("stocked_qty").alias("stocked_qty")
    work = source["work_order"].filter(pl.col("start_date") < day).with_columns(ended, good)
    pay = source["employee_pay_history"].filter(pl.col("RateChangeDate") < day)
    known = {"sales_order_line": sales, "work_order": work, "employee_pay_history": pay}
    return Source(source.folder, known)


def test_master_data_made_of_facts_knows_nothing_after_the_cycle(tables, source):
    day = dt.date(2014, 4, 1)
    past = convert(cut_source(source, day))
    for name in ("prices", "rates", "patch_customers", "overtime"):
        known, then = (as_known_on(table, day) for table in (tables[name], past[name]))
        if name == "patch_customers":
            known = known.join(then, on="customer", how="semi", maintain_order="left")
        assert known.equals(then), name
    assert past["customers"].filter("named").equals(tables["customers"].filter("named"))


def test_facts_after_the_cycle_change_neither_what_is_known_nor_its_history(tables):
    calendar = plan_frame(tables["plan"]).calendar
    start = calendar[APRIL].start
    dates = {"shipments": "date", "stock": "date", "production": "date", "production_orders": "released"}
    past = tables | {name: tables[name].filter(pl.col(column) < start) for name, column in dates.items()}
    lines = with_month_of(tables["order_lines"].join(tables["customers"], on="customer", maintain_order="left"))
    past["order_lines"] = tables["order_lines"].filter(lines["month"] < start).reverse()
    one, other = (known_for(all_of_it, APRIL)[0] for all_of_it in (tables, past))
    assert all(one[name].equals(other[name]) for name in one if name != "order_lines")
    sheets = (history_sheet(history_of(all_of_it, APRIL)) for all_of_it in (tables, past))
    assert len({content_hash(sheet) for sheet in sheets}) == 1
