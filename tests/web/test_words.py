import dataclasses

import pytest
from django.template.loader import render_to_string
from django.test import Client

from onenumber.cycle.gates import GateFacts, Moved, Standing, blockers_of_phase, blockers_of_signature
from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES
from onenumber.model.cube import State
from onenumber.model.sheet import SheetKind
from onenumber.review.family import PLAIN
from onenumber.rights.table import READ, WRITE, Figure
from onenumber.steps.frame.seats import SUBJECTS
from onenumber.steps.see.cycle import OpenPoint
from onenumber.web.family.model import (
    Column,
    FamilyAsked,
    FamilyPage,
    Measure,
    Opened,
    Origin,
    Part,
    PartLine,
    Parts,
    Row,
)
from onenumber.web.family.model import Figure as Shown
from onenumber.web.family.rows import GROUPS, ROWS
from onenumber.web.family.table import charts, groups, label_of, panel
from onenumber.web.family.words import sayings
from onenumber.web.frame.model import At, PhaseMark, Progress
from onenumber.web.frame.words import gate_sentence, holder_words, waiting_words
from onenumber.web.loads.model import LoadState
from onenumber.web.loads.words import STATES, outcome
from onenumber.web.numbers import NARROW_SPACE
from onenumber.web.sheets.model import SheetRef
from onenumber.web.sheets.notes import Counted, note_words
from onenumber.web.sheets.vendors import vendor_table
from onenumber.web.sheets.words import MADE_BY
from onenumber.web.words import ABSENT, REASONS, ROLES, SHEETS
from tests.web.company import MONTHS, Company, _load_line
from tests.web.company_beside import VENDORS

AT = At(person="omar", plan="hydra", cycle="2026-06")


def test_every_row_of_the_family_page_has_words_and_every_reason_a_sentence() -> None:
    assert {code for code, *_ in PLAIN} <= set(ROWS)
    assert {code.split("_")[0] for code, *_ in PLAIN} <= set(GROUPS)
    assert {reason for *_, reasons in PLAIN for reason in reasons} <= set(REASONS)
    assert set(ABSENT) == set(State) - {State.PRESENT}


def test_every_role_and_sheet_has_its_word_and_every_sheet_the_verb_that_makes_it() -> None:
    assert {role for right in WRITE.values() for role in right.roles} <= set(ROLES)
    assert set(READ[Figure.VOLUME]) <= set(ROLES)
    assert set(MADE_BY) == set(SHEETS)
    assert set(MADE_BY.values()) <= set(WRITE)


def test_every_blocker_is_a_sentence_about_its_subject() -> None:
    open_ones = ("X1",)
    facts = GateFacts(
        sheets={("history", ""): Standing(made=True, stale_because="a rate changed")}, coverage=0.9,
        not_loaded=open_ones, open_patches=open_ones, open_shortages=open_ones, open_conflicts=open_ones,
        unsaid_accounts=open_ones, plants_cannot=open_ones,
        undecided=open_ones, moved=(Moved(paper="X1", person="Eva", taken="A", what=("net_cost",)),),
        over_budget=open_ones, unfilled=[(code, "X1") for code in SUBJECTS],
    )  # fmt: skip
    found = [b for phase in Phase for b in blockers_of_phase(phase, facts)]
    found += [b for rule in RULES for b in blockers_of_signature(rule.verb, facts)]
    for blocker in found:
        said = waiting_words(
            OpenPoint(
                code=blocker.code, subject=blocker.subject, said=blocker.code, name=blocker.called, role=blocker.role,
                people=(), mine=False,
            )
        )  # fmt: skip
        assert blocker.subject in said
        assert "_" not in said
        assert not said.startswith(f"{blocker.subject}:"), said


def test_the_gate_is_said_in_one_sentence_whatever_is_open() -> None:
    frame = Company().frame(AT)
    assert gate_sentence(frame) == (
        "Supply is under way; the ball is with Ana Ruiz. 2 things must be settled before it can end."
    )
    free = dataclasses.replace(frame, blockers=())
    assert gate_sentence(free) == "Supply is under way; the ball is with Ana Ruiz. Nothing blocks its end."
    blind = dataclasses.replace(free, sees_plan=False)
    assert gate_sentence(blind) == "Supply is under way. Your roles don't see what its end waits for."
    assert (holder_words(free), holder_words(blind)) == ("Ana Ruiz", "under way")


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        (Phase.DATA, "Data is under way"), (Phase.DEMAND, "Demand is under way"), (Phase.SUPPLY, "Supply is under way"),
        (Phase.RECONCILE, "The Reconcile phase is under way"), (Phase.EXEC, "The Executive phase is under way"),
        (Phase.PUBLISH, "The publication is under way"), (Phase.MONITOR, "The month runs"),
    ],
)  # fmt: skip
def test_of_every_phase_the_gate_says_a_sentence(phase: Phase, said: str) -> None:
    frame = Company().frame(AT)
    at = dataclasses.replace(frame, phases=(PhaseMark(phase=phase, progress=Progress.NOW),), blockers=())
    assert gate_sentence(at) == f"{said}; the ball is with Ana Ruiz. Nothing blocks its end."


def test_who_has_the_ball_opens_only_where_something_is_to_be_settled(signed_in: Client) -> None:
    page = signed_in.get("/p/hydra/2026-06/family/").content.decode()
    assert '<details class="floating ball" data-floating>' in page
    free = dataclasses.replace(Company().frame(AT), blockers=())
    told = {"frame": free, "holder": "Ana Ruiz", "gate_sentence": gate_sentence(free)}
    bar = render_to_string("frame/bar.html", told)
    assert "floating ball" not in bar
    assert '<span class="ball" title="Supply is under way; the ball is with Ana Ruiz. Nothing blocks its end.">' in bar


@pytest.mark.parametrize("state", list(LoadState))
def test_every_state_of_a_load_has_its_word_and_sentence(state: LoadState) -> None:
    line = dataclasses.replace(_load_line("1", state), said="Nothing was loaded from x.")
    assert STATES[state]
    assert outcome(line).endswith(".")


def test_the_sentences_name_the_figures_that_stand_in_the_table() -> None:
    page = Company().family(AT, FamilyAsked(place="family:Ball valves"))
    new, last = (next(r for r in page.rows if r.code == code).figures for code in ("demand_new", "demand_last"))
    pairs = [(a.value, b.value) for a, b in zip(new, last, strict=True) if a.value is not None and b.value is not None]
    total = sum(a - b for a, b in pairs)
    said = next(one for one in sayings(page) if one.row == "demand_new")
    assert f"{total:.0f} pcs in all" in said.text
    assert f"for {len(pairs)} months" in said.text


def test_an_opened_figure_lists_at_most_twenty_parts_and_still_adds_up() -> None:
    company = Company()
    opened = company.opened(AT, FamilyAsked(measure=Measure.UNITS, row="demand_new", column=MONTHS[4]))
    items = opened.parts[0]
    many = dataclasses.replace(items, lines=items.lines * 15)
    shown = panel(dataclasses.replace(opened, parts=(many,)), Measure.UNITS).parts[0]
    assert len(shown.lines) == 21
    assert shown.lines[-1].name == "10 others"


def test_findings_as_csv_cannot_become_formulas(signed_in: Client) -> None:
    text = signed_in.get("/p/hydra/data/1/findings.csv").content.decode()
    assert text.splitlines()[0] == "\ufeffseverity,file,row,column,value,what,remedy"  # marked: so Excel reads it
    assert text.splitlines()[1].startswith('blocked,prices.csv,214,price,"12,5o",')
    assert "',=" not in text


def test_new_demand_says_that_it_is_the_baseline_until_it_is_agreed() -> None:
    page = dataclasses.replace(Company().family(AT, FamilyAsked()), provisional=True)
    new = next(row for row in page.rows if row.code == "demand_new")
    assert label_of(page, new) == "new: the baseline, not yet agreed"
    assert label_of(dataclasses.replace(page, provisional=False), new) == "new"
    assert charts(page)[0].lines[-1].name == "baseline, not yet agreed"
    said = next(one for one in sayings(page) if one.row == "demand_new")
    assert said.text.startswith("The baseline, without what sales typed, ")


def _shares(row: str, how: str, *values: float | None) -> tuple[list[str], list[str]]:
    """Names and shares of a panel's lines, of parts that were given these figures."""
    figure = Shown(value=0.5 if how == "share" else sum(value or 0.0 for value in values))
    parts = Parts(
        level="item",
        lines=tuple(
            PartLine(key=f"I{k}", name=f"I{k}", figure=Shown(value=value), over_time=())
            for k, value in enumerate(values)
        ),
    )
    column = Column(label="2026-06", part=Part.NOW)
    opened = Opened(
        row=Row(code=row, group="demand", unit=how, figures=(figure,)), column=column, figure=figure, parts=(parts,),
        source=None, author="",
    )  # fmt: skip
    lines = panel(opened, Measure.UNITS).parts[0].lines
    return [line.name for line in lines], [line.share.replace(NARROW_SPACE, "") for line in lines]


def test_a_ratio_opens_to_what_pulls_it_down_and_says_how_many_are_not_shown() -> None:
    values = [1.0] * 25 + [0.2, None, 0.7]
    names, shares = _shares("service", "share", *values)
    assert names[:2] == ["I25", "I27"]
    assert (names[-1], len(names)) == ("8 others", 21)
    assert set(shares) == {""}


def test_parts_have_shares_where_they_add_up_to_something_one_way() -> None:
    assert _shares("backlog", "pcs", 30.0, 10.0)[1] == ["75%", "25%"]
    assert _shares("backlog", "pcs", 1e-7, 0.0)[1] == ["", ""]  # less than is shown
    assert _shares("demand_difference", "pcs", 30.0, -28.0)[1] == ["", ""]
    assert _shares("demand_difference", "pcs", -30.0, -10.0)[1] == ["75%", "25%"]


def test_money_says_whether_it_is_at_price_or_at_cost() -> None:
    page = Company().family(AT, FamilyAsked(measure=Measure.MONEY))
    heads = {group.name: group.unit for group in groups(page, ("", ""))}
    assert heads["Demand"].endswith("at price")
    assert heads["Supply"].endswith("at cost")
    assert heads["Inventory of products"].endswith("at cost")
    assert [chart.unit.rpartition(" ")[2] for chart in charts(page)][:2] == ["price", "cost"]
    units = Company().family(AT, FamilyAsked())
    assert not any("at " in group.unit for group in groups(units, ("", "")))


def test_who_takes_longer_than_planned_stands_first_and_a_dash_says_why() -> None:
    rows = vendor_table(VENDORS).rows
    assert [(row.name, row.key) for row in rows] == [
        ("Sillner Elektronik", "V08"), ("M-01 at BRN", "V08"), ("Nordguss", "V01"),
    ]  # fmt: skip
    said = {cell.hint for cell in rows[-1].cells if cell.text == "–"}
    assert said == {"There are 2 lines, and it takes 5 to judge."}
    assert rows[-1].cells[0].hint == "24 of 24 due; 22 came"


def _named(page: FamilyPage) -> FamilyPage:
    """The page whose last cycle is May 2026, Consensus 5, and whose budget is version 2026."""
    consensus = SheetRef(id="5", kind=SheetKind.CONSENSUS, stage="", number=5, hash="ab")
    origins = {
        "demand_last": Origin(cycle="2026-05", sheet=consensus, author="Dora Petrov"),
        "demand_budget": Origin(version="2026"),
    }
    rows = tuple(
        dataclasses.replace(row, origins=(origins[row.code],) * len(page.columns)) if row.code in origins else row
        for row in page.rows
    )
    return dataclasses.replace(page, rows=rows)


def test_last_cycle_and_budget_say_which_they_are() -> None:
    page = _named(Company().family(AT, FamilyAsked()))
    labels = {row.label: row for group in groups(page, ("", "")) for row in group.rows}
    assert labels["last cycle, May 26"].cells[4].hint == "July 2026 · pcs · Consensus 5 of May 2026"
    assert labels["budget: revenue, 2026"].cells[4].hint == "July 2026 · pcs · budget 2026"
    said = " ".join(one.text for one in sayings(page))
    assert " last cycle (May 2026) for 17 months" in said
    assert " the budget of 2026 for 7 months" in said


def test_actual_service_and_supply_have_a_word() -> None:
    said = {one.row: one.text.replace(NARROW_SPACE, " ") for one in sayings(Company().family(AT, FamilyAsked()))}
    assert said["service_actual"] == (
        "May 2026 shipped 96 % of its order lines on time in full; the months before it 97 % and 94 %."
    )
    assert said["service"] == "The plan ships least of what is due in November 2026: 92 %."
    assert said["supply_actual"].startswith("May 2026 made 9 364 pcs, 9 % under its plan.")


def test_before_the_plan_is_made_days_and_stock_are_said_to_be_last_cycles() -> None:
    page = dataclasses.replace(Company().family(AT, FamilyAsked()), old_plan=True)
    days = next(row for row in page.rows if row.code == "inventory_days")
    assert label_of(page, days) == "days of demand, ahead by last cycle's plan"
    assert any(one.text.startswith("By last cycle's plan stock is lowest") for one in sayings(page))
    assert charts(page)[-1].title == "Inventory of products, ahead by last cycle's plan"


def test_a_promise_is_a_month_and_opens_to_the_latest_first() -> None:
    figure = Shown(value=2.0, label="2026-08")
    column = Column(label="2026-06", part=Part.NOW)
    lines = tuple(
        PartLine(key=key, name=key, figure=Shown(value=value, label=label), over_time=())
        for key, value, label in (("A", 0.0, "2026-06"), ("B", 2.0, "2026-08"))
    )
    shown = panel(Opened(
        row=Row(code="backlog_promise", group="backlog", unit="periods", figures=(figure,)), column=column,
        figure=figure, parts=(Parts(level="item", lines=lines),), source=None, author="",
    ), Measure.UNITS)  # fmt: skip
    assert shown.sentence == "Aug 26"
    assert [(line.name, line.text) for line in shown.parts[0].lines] == [("B", "Aug 26"), ("A", "Jun 26")]
    assert shown.unit == ""


def test_demand_is_drawn_as_a_forecast_until_it_is_agreed_and_then_as_the_plan_that_it_is() -> None:
    page = Company().family(AT, FamilyAsked())
    looks = {line.name: line.look for line in charts(page)[0].lines}
    assert looks == {"actual": "actual", "last cycle": "last", "budget": "budget", "new": "plan"}
    before = charts(dataclasses.replace(page, provisional=True))[0].lines[-1]
    assert (before.name, before.look) == ("baseline, not yet agreed", "forecast")
    assert next(line.look for line in charts(page)[1].lines if line.name == "new") == "plan"


def test_a_sum_of_unlike_units_has_no_figure_on_a_sheets_page() -> None:
    pieces, mixed, none = (Counted(unit=unit, currency="EUR", decimals=2) for unit in ("pcs", "", None))
    words = [note_words("first_units", 1234.0, one)[1].replace(NARROW_SPACE, " ") for one in (pieces, mixed, none)]
    assert words == ["1 234 pcs", "–, the items are counted in different units, which do not add up", "1 234"]
    assert note_words("money_at_risk", 123_450_00, pieces) == (
        "money at risk", f"123{NARROW_SPACE}450.00 EUR",
    )  # fmt: skip


def test_an_error_of_unlike_units_is_not_put_on_the_backtest() -> None:
    pieces, mixed = (Counted(unit=unit, currency="EUR", decimals=2) for unit in ("pcs", ""))
    assert note_words("wape_lag1", None, pieces)[1] == "–, the backtest cannot tell"
    assert note_words("wape_lag1", None, mixed)[1] == "–, the items are counted in different units, which do not add up"
    assert note_words("coverage80", None, mixed)[1] == "–, the backtest cannot tell"  # a share of cells has no unit


def test_the_lowest_stock_is_said_with_the_digits_of_the_table() -> None:
    page = Company().family(AT, FamilyAsked())
    days = next(row for row in page.rows if row.code == "inventory_days")
    low = dataclasses.replace(days, figures=(*days.figures[:3], Shown(value=1.26), *days.figures[4:]))
    rows = tuple(low if row.code == "inventory_days" else row for row in page.rows)
    said = [one.text for one in sayings(dataclasses.replace(page, rows=rows)) if one.row == "inventory_days"]
    assert said[0].startswith("Stock is lowest at the end of June 2026: 1.3 days of demand")


def test_parts_in_money_add_up_to_the_last_digit() -> None:
    lines = tuple(PartLine(key=key, name=key, figure=Shown(value=0.5), over_time=()) for key in "AB")
    figure = Shown(value=1.0)
    shown = panel(Opened(
        row=Row(code="demand_new", group="demand", unit="EUR", figures=(figure,)), figure=figure,
        column=Column(label="2026-06", part=Part.NOW), parts=(Parts(level="item", lines=lines),), source=None,
        author="", decimals=2,
    ), Measure.MONEY)  # fmt: skip
    parts = shown.parts[0]
    assert ([line.text for line in parts.lines], parts.total, shown.sentence) == (["0.50", "0.50"], "1.00", "1.00 EUR")


def test_nobody_has_the_ball_of_a_cycle_that_is_over() -> None:
    frame = Company().frame(AT)
    done = tuple(dataclasses.replace(mark, progress=Progress.DONE) for mark in frame.phases)
    assert holder_words(dataclasses.replace(frame, phases=done)) == "closed"


def test_orders_beyond_the_agreed_demand_are_said_with_the_month_that_has_most() -> None:
    page = Company().family(AT, FamilyAsked(place="family:Ball valves"))
    new = next(row for row in page.rows if row.code == "demand_new")
    more = tuple(
        dataclasses.replace(figure, value=figure.value + 100.0 * (k == 5)) if figure.value is not None else figure
        for k, figure in enumerate(new.figures)
    )
    orders = dataclasses.replace(new, code="demand_plan", figures=more)
    said = {one.row: one.text for one in sayings(dataclasses.replace(page, rows=(*page.rows, orders)))}
    assert said["demand_plan"] == (
        "With the orders booked the plan is made for 100 pcs over what was agreed; most in August 2026: 100 pcs over."
    )
