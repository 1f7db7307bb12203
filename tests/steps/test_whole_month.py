"""A whole month of the squeezed company: played unattended, and step by step by the people whose it is."""

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.errors import CannotReopenError, CannotSignError, GateClosedError, NoSuchOptionError, OptionMovedError
from onenumber.jobs.cast import RUN
from onenumber.model.sheet import SheetKind, content_hash
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.gates import over_budget, undecided
from onenumber.steps.frame.planning import solved, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.store.manifest import parents_of
from onenumber.store.models import DecisionRow, Plan, SheetVersion, SignatureRow
from onenumber.store.plans import find_cycle
from onenumber.supply.differences import from_json
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import (
    LINES,
    NOTHING,
    NOW,
    OVERTIME,
    PAPER,
    do,
    founded,
    rehearsed,
    sheet,
    squeezed,
    to_executive,
    to_forecast,
    to_published,
    to_review,
    to_signed_demand,
    to_supply,
    version,
)

IN_JUNE = dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)
AFTER_THE_DEADLINE = dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)


@pytest.fixture
def home(db: None, settings: object, tmp_path: Path) -> Path:
    settings.ONENUMBER_HOME = tmp_path / "home"
    return tmp_path


@pytest.fixture
def live(home: Path) -> Plan:
    """A live plan whose papers are on the executive's table."""
    plan = founded("live", "live", home / "data")
    to_supply(plan)
    to_executive(plan)
    return plan


@pytest.fixture
def decided(live: Plan) -> Plan:
    """The executive took the overtime; the final plan is made."""
    _decide(live)
    return live


@once_a_run
def _decide(plan: Plan) -> None:
    do(plan, "eva", "decide", paper=PAPER, option=OVERTIME)
    do(plan, "sven", "replan")


def test_the_same_month_in_two_plans_is_the_same_to_the_last_bit(home: Path) -> None:
    first, _ = rehearsed("first", home / "data", "2026-05")
    second, _ = rehearsed("second", home / "data", "2026-05")
    contents = [list(_contents(plan)) for plan in (first, second)]
    assert contents[0] == contents[1]
    assert [c[:2] for c in contents[0]] == [
        ("company", ""), ("load", ""), ("company", ""), ("load", ""), ("history", ""), ("forecast", ""),
        ("sales_input", ""), ("consensus", ""), ("supply_plan", "proposed"), ("review", ""), ("decision", "papers"),
        ("decision", "decided"), ("supply_plan", "final"), ("review", "final"), ("published_plan", ""),
    ]  # fmt: skip


def test_a_rehearsal_is_signed_by_nobody_real(home: Path) -> None:
    plan, _ = rehearsed("rehearsal", home / "data", "2026-05")
    assert set(SignatureRow.objects.filter(plan=plan).values_list("person", flat=True)) == {"rehearsal"}
    assert set(DecisionRow.objects.filter(plan=plan).values_list("person", flat=True)) == {"rehearsal"}
    assert version(plan, SheetKind.PUBLISHED_PLAN).state == "published"


def test_the_demand_side_adds_up_sheet_by_sheet(live: Plan) -> None:
    lines = squeezed()["order_lines"].filter(pl.col("status") == "shipped")
    history = sheet(live, SheetKind.HISTORY)
    assert history.cube("demand_raw").values.sum() == lines["quantity"].sum()
    forecast, sales = sheet(live, SheetKind.FORECAST), sheet(live, SheetKind.SALES_INPUT)
    assert np.array_equal(sales.cube("S").values, forecast.cube("L1").values)  # both patches took the baseline
    consensus = sheet(live, SheetKind.CONSENSUS)
    total = consensus.cube("S").values + sum(consensus.cube(code).values for code in ("L2M", "L3", "L4", "L5"))
    assert np.array_equal(consensus.cube("unrounded").values, total)
    agreed = consensus.cube("consensus")
    assert np.array_equal(agreed.values, np.rint(agreed.values))  # whole pieces
    families, codes = agreed.axis.groups("family")
    for k in range(len(families)):
        whole = agreed.values[codes == k].sum(axis=0)
        assert np.abs(whole - total[codes == k].sum(axis=0)).max() <= 0.5 + 1e-9


def test_the_plan_serves_what_was_agreed_and_bookings_where_they_are_more(live: Plan) -> None:
    agreed, booked = sheet(live, SheetKind.CONSENSUS).cube("consensus"), sheet(live, SheetKind.HISTORY).cube("booked")
    plan = sheet(live, SheetKind.SUPPLY_PLAN, "proposed")
    assert booked.values[:, 0].sum() > 0
    wanted = np.maximum(agreed.values, booked.values)  # period 0; the company books nothing further out
    assert not booked.values[:, 1:].any()
    assert np.abs(plan.cube("demand").values - wanted).max() < 1e-9
    cubes = {name: plan.cube(name).values for name in ("demand", "shipped", "backlog", "lost")}
    left = np.cumsum(cubes["demand"] - cubes["shipped"] - cubes["lost"], axis=1)
    assert np.abs(left - cubes["backlog"]).max() < 1e-6


def test_the_decision_changes_the_final_plan_by_what_its_paper_promised(decided: Plan) -> None:
    options = sheet(decided, SheetKind.DECISION, "papers").table("options").filter(pl.col("paper") == PAPER)
    kinds = dict(options.select("option", "kind").iter_rows())
    assert kinds == {"A": "overtime", "B": "precedence", "C": "precedence", "D": "fair_share", "E": "do_nothing"}
    taken = options.row(by_predicate=pl.col("option") == OVERTIME, named=True)
    proposed, final = (sheet(decided, SheetKind.SUPPLY_PLAN, stage) for stage in ("proposed", "final"))
    assert proposed.cube("overtime_hours").values.sum() == 0
    assert final.cube("overtime_hours").values.sum() == pytest.approx(taken["overtime_hours"])
    assert 0 < final.cube("overtime_hours").values.sum() <= 4 * 30  # one step of 30 hours in four months
    gained = final.cube("lost").values.sum() - proposed.cube("lost").values.sum()
    assert gained == pytest.approx(taken["lost_units"])
    kept = sheet(decided, SheetKind.REVIEW, "final").table("kept").row(0, named=True)
    net = taken["own_service"] - taken["own_cost"]
    assert kept == {"paper": PAPER, "promised": net, "final": net, "changed": False}
    # one paper, whose streams are all that the line leaves short; waiting is rounded stream by stream
    assert net == pytest.approx(-taken["net_cost"], abs=2)


def test_the_final_plan_is_a_child_of_the_decision_and_makes_nothing_stale(decided: Plan) -> None:
    final, decision = version(decided, SheetKind.SUPPLY_PLAN, "final"), version(decided, SheetKind.DECISION, "decided")
    assert decision in parents_of(final)
    assert version(decided, SheetKind.SUPPLY_PLAN, "proposed") in parents_of(final)  # from which it is solved
    assert not SheetVersion.objects.filter(plan=decided).exclude(stale_because="").exists()


def test_the_final_plan_is_the_one_that_is_solved_from_nothing(decided: Plan) -> None:
    context, cycle = make_context(decided, person="sven", now=NOW), find_cycle(decided)
    final, papers = sheet(decided, SheetKind.SUPPLY_PLAN, "final"), sheet(decided, SheetKind.DECISION, "papers")
    options = papers.table("options").filter((pl.col("paper") == PAPER) & (pl.col("option") == OVERTIME))
    difference = from_json(options["difference"].item())
    inputs = supply_inputs(Reader(context, cycle), cycle, differences=(difference,), stage="final")
    cold, _ = solved(inputs)
    assert inputs.start is None
    for name, cube in final.cubes.items():
        assert np.abs(cube.values - cold.cube(name).values).max() <= 1e-6, name


def test_a_no_takes_no_option(live: Plan) -> None:
    back = {"rationale": "not on Sundays", "owner": "sven", "until": dt.date(2026, 6, 1)}
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME, how="refused", **back)
    outcome = do(live, "sven", "replan")
    assert outcome.figures["overtime_hours"] == 0
    table = sheet(live, SheetKind.DECISION, "decided").table("decisions")
    assert table.rows() == [(PAPER, "", "eva", "refused")]


def test_where_nothing_was_decided_the_final_plan_is_what_solving_again_would_give(live: Plan) -> None:
    do(live, "eva", "decide", paper=PAPER, option=NOTHING)
    do(live, "sven", "replan")
    context, cycle = make_context(live, person="sven", now=NOW), find_cycle(live)
    again, _ = solved(supply_inputs(Reader(context, cycle), cycle, stage="final"))
    assert content_hash(again) == version(live, SheetKind.SUPPLY_PLAN, "final").content


def test_a_decision_after_the_final_plan_makes_it_stale_until_it_is_made_again(decided: Plan) -> None:
    do(decided, "omar", "sign", verb="confirm_final")
    do(decided, "eva", "decide", paper=PAPER, option=NOTHING)
    assert version(decided, SheetKind.SUPPLY_PLAN, "final").stale_because == f"{PAPER} was decided after it"
    with pytest.raises(CannotSignError, match=f"the sheet is stale, because {PAPER} was decided after it"):
        do(decided, "eva", "sign", verb="approve_final")
    again = do(decided, "sven", "replan")
    assert (again.figures["overtime_hours"], again.figures["papers_changed"]) == (0, "none")
    assert version(decided, SheetKind.SUPPLY_PLAN, "final").stale_because == ""


def test_a_letter_that_means_another_option_now_is_decided_again(live: Plan, home: Path) -> None:
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    do(live, "olga", "reopen", phase="DATA", reason="overtime is off the table")
    nothing = squeezed()["overtime"].with_columns(needs_decision=pl.lit(value=False), hours_per_period=pl.lit(0.0))
    do(live, "olga", "load", folder=tiny.write(home / "more", {"overtime": nothing}))
    to_forecast(live)
    to_signed_demand(live)
    to_executive(live)
    with pytest.raises(OptionMovedError) as refused:
        do(live, "sven", "replan")
    assert str(refused.value) == (
        f"eva decided {PAPER} as A, and the papers were prepared again since: A is another option now. "
        f"Decide it again: `onenumber decide {PAPER} OPTION`."
    )


def test_the_review_is_not_signed_before_its_papers_are_on_the_table(home: Path) -> None:
    plan = founded("live", "live", home / "data")
    to_supply(plan)
    to_review(plan)
    with pytest.raises(CannotSignError, match=r"the set of decision papers has not been made \(the process owner\)"):
        do(plan, "omar", "sign", verb="sign_review")


def test_a_withdrawn_decision_leaves_its_paper_open(decided: Plan) -> None:
    do(decided, "eva", "decide", paper=PAPER, how="withdrawn")
    context = make_context(decided, person="eva", now=NOW)
    assert undecided(context, find_cycle(decided)) == (PAPER,)
    with pytest.raises(GateClosedError, match=rf"paper {PAPER} has not been decided \(the executive\)"):
        do(decided, "olga", "advance")


def test_nobody_decides_and_the_default_takes_effect_at_the_deadline(live: Plan) -> None:
    do(live, "sven", "replan")
    assert sheet(live, SheetKind.DECISION, "decided").table("papers")["state"].to_list() == ["open"]
    do(live, "sven", "replan", at=AFTER_THE_DEADLINE)
    decided = sheet(live, SheetKind.DECISION, "decided")
    default = decided.table("papers")["default_option"][0]
    assert decided.table("decisions").rows() == [(PAPER, default, "deadline", "defaulted")]
    row = DecisionRow.objects.get(plan=live)
    assert row.papers_hash == version(live, SheetKind.DECISION, "papers").content


def test_what_is_not_on_the_table_cannot_be_taken(live: Plan) -> None:
    with pytest.raises(NoSuchOptionError) as refused:
        do(live, "eva", "decide", paper=PAPER, option="Z")
    assert str(refused.value) == (
        f"Option 'Z' of paper '{PAPER}' is not on the table. On the table: {PAPER}: A, B, C, D, E."
    )
    assert not DecisionRow.objects.filter(plan=live).exists()


def test_no_approval_while_the_year_lands_outside_its_budget(decided: Plan) -> None:
    do(decided, "omar", "sign", verb="confirm_final")
    with pytest.raises(CannotSignError) as refused:
        do(decided, "eva", "sign", verb="approve_final")
    assert str(refused.value) == (
        "'approved' cannot be signed: budget line revenue of DA (budget:revenue:DA) is out of tolerance and undecided "
        "(the executive); budget line revenue of DB (budget:revenue:DB) is out of tolerance and undecided (the "
        "executive)."
    )
    for line in LINES:
        do(decided, "eva", "decide", paper=line, option="accept")
    do(decided, "eva", "decide", paper=LINES[0], how="withdrawn")
    context = make_context(decided, person="eva", now=NOW)
    assert over_budget(context, find_cycle(decided)) == LINES[:1]
    do(decided, "eva", "decide", paper=LINES[0], option="accept")
    do(decided, "eva", "sign", verb="approve_final")
    assert version(decided, SheetKind.SUPPLY_PLAN, "final").state == "signed"


def test_what_is_published_is_the_final_plan_to_the_piece_and_the_cent(decided: Plan) -> None:
    to_published(decided)
    final, published = sheet(decided, SheetKind.SUPPLY_PLAN, "final"), sheet(decided, SheetKind.PUBLISHED_PLAN)
    promises = published.table("promises")
    assert promises.filter((pl.col("promised") + pl.col("short") - pl.col("asked")).abs() > 1e-9).is_empty()
    assert promises["asked"].sum() == pytest.approx(final.cube("demand").values.sum())
    short = final.table("shortages")
    assert promises["short"].sum() == pytest.approx(short["short"].sum())
    assert promises.filter(pl.col("short") > 0)["cause_at"].unique().to_list() == ["L1"]
    sales = published.table("sales").with_columns(
        pl.col("item").replace_strict({i: 2 * cost for i, _, _, cost in tiny.ITEMS}).alias("price")
    )
    cents = (sales["quantity"] * sales["price"] * 100).round().sum()
    money = published.table("money").filter(pl.col("account") == "revenue")
    assert money["amount"].sum() == cents
    lines = [(line, "accept", "eva", "decided") for line in LINES]
    assert published.table("decisions").rows() == [(PAPER, OVERTIME, "eva", "decided"), *lines]


def test_a_published_plan_never_changes(decided: Plan, home: Path) -> None:
    to_published(decided)
    before = version(decided, SheetKind.PUBLISHED_PLAN)
    with pytest.raises(CannotReopenError):
        do(decided, "olga", "reopen", phase="DEMAND", reason="a late order")
    late = tiny.tables()["order_lines"].head(1).with_columns(order=pl.lit("LATE"), quantity=pl.lit(500.0))
    do(decided, "olga", "load", folder=tiny.write(home / "late", {"order_lines": late}))
    do(decided, "olga", "open", period="2026-06", at=IN_JUNE)
    do(decided, "olga", "freeze", at=IN_JUNE)
    after = version(decided, SheetKind.PUBLISHED_PLAN, cycle="2026-05")
    assert (after.pk, after.content, after.state, after.stale_because) == (before.pk, before.content, "published", "")


def test_a_month_is_held_against_the_plan_in_force_on_its_first_day(home: Path) -> None:
    labels = ("2026-05", "2026-06", "2026-07")
    plan, _ = rehearsed("three", home / "data", *labels, made=squeezed() | {"order_lines": _with_orders_in_june()})
    june = sheet(plan, SheetKind.ADHERENCE, cycle="2026-06").table("figures")
    july = sheet(plan, SheetKind.ADHERENCE, cycle="2026-07").table("figures")
    of_sales = pl.col("figure") == "sales"
    # May's plan was published in May, so on 1 May none was in force; on 1 June it was.
    assert june.filter(of_sales)["reason"].unique().to_list() == ["no_published_plan"]
    assert june.filter(of_sales)["value"].null_count() == 2
    planned = sheet(plan, SheetKind.PUBLISHED_PLAN, cycle="2026-05").table("sales")
    in_june = planned.filter(pl.col("period") == find_cycle(plan, "2026-06").index)
    assert july.filter(of_sales)["plan"].sum() == pytest.approx(in_june["quantity"].sum())
    adherence = version(plan, SheetKind.ADHERENCE, cycle="2026-07")
    assert version(plan, SheetKind.PUBLISHED_PLAN, cycle="2026-05") in parents_of(adherence)
    assert not SheetVersion.objects.filter(plan=plan, kind="published_plan").exclude(stale_because="").exists()
    _forecasts_are_measured_a_month_ahead(plan)


def _with_orders_in_june() -> pl.DataFrame:
    """The order lines, and in June what was asked for in April."""
    lines = squeezed()["order_lines"]
    april = lines.filter(pl.col("requested").is_between(dt.date(2026, 4, 1), dt.date(2026, 4, 30)))
    days = ("ordered", "requested", "first_confirmed", "last_confirmed")
    later = [pl.col(name) + pl.duration(days=61) for name in days]
    return pl.concat([lines, april.with_columns(*later, order="J" + pl.col("order"), status=pl.lit("open"))])


def _forecasts_are_measured_a_month_ahead(plan: Plan) -> None:
    """In July June is held against what the cycle of May said of it, and never against what was made in June."""
    june, asked = find_cycle(plan, "2026-06").index, sheet(plan, SheetKind.HISTORY, cycle="2026-07").cube("demand")
    agreed = sheet(plan, SheetKind.CONSENSUS, cycle="2026-05").cube("consensus")
    said, came = agreed.values[:, june - agreed.first], asked.values[asked.axis.rows(agreed.axis.keys), -1]
    assert came.sum() == sum(tiny.quantity(n, c, 27) for n in range(4) for c in range(3))
    made = sheet(plan, SheetKind.ADHERENCE, cycle="2026-07")
    benchmark = sheet(plan, SheetKind.FORECAST, cycle="2026-05").cube("L0").values[:, june - agreed.first]
    assert made.notes["accuracy_of"] == "consensus"
    assert made.notes["wape_a_month_ahead"] == pytest.approx(np.abs(said - came).sum() / came.sum())
    assert made.notes["bias_a_month_ahead"] == pytest.approx((said - came).sum() / came.sum())
    assert made.notes["naive_wape_a_month_ahead"] == pytest.approx(np.abs(benchmark - came).sum() / came.sum())
    first = sheet(plan, SheetKind.ADHERENCE, cycle="2026-06")
    assert set(first.table("accuracy")["reason"]) == {"no_forecast_at_lag_1"}
    at_lag_1 = SheetVersion.objects.filter(plan=plan, cycle__label="2026-05", kind="consensus")
    at_lag_1.update(made_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))  # as if it was made when June had begun
    do(plan, RUN, "measure", cycle="2026-07", at=dt.datetime(2026, 7, 30, tzinfo=dt.UTC))
    again = sheet(plan, SheetKind.ADHERENCE, cycle="2026-07")
    late = again.table("accuracy").filter(pl.col("layer") == "consensus")
    assert set(late["reason"]) == {"no_forecast_at_lag_1"}
    assert again.notes["accuracy_of"] == "S"


def _contents(plan: Plan) -> list[tuple[str, str, str]]:
    return list(SheetVersion.objects.filter(plan=plan).order_by("pk").values_list("kind", "stage", "content"))
