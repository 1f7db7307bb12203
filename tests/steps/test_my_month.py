"""My month: what waits for whom and by when, what changed, and what each role answers for, phase by phase."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.month import MyMonth, my_month
from onenumber.store.looks import look_at_month
from onenumber.store.models import MonthLook, Plan
from onenumber.store.plans import versions_of
from tests.steps.conftest import Act
from tests.steps.month_for_tests import NOTHING, NOW, PAPER, do, founded, to_executive, to_published, to_supply, version

Asking = Callable[[str], Context]
LATER = NOW + dt.timedelta(days=3)
PEOPLE = ("eva", "ines", "dora", "omar", "sven", "fay", "olga", "pia", "ana", "ben", "adam")


def due(month: MyMonth) -> list[tuple[str, str, bool]]:
    return [(one.said, str(one.day), one.late) for one in month.waits]


def codes(month: MyMonth) -> list[str]:
    return [one.code for one in month.changes]


def figures(month: MyMonth) -> dict[str, object]:
    return {one.code: one.why or dict(one.values) for one in month.blocks}


def test_each_role_finds_what_is_hers_in_the_sales_window_with_its_day(in_demand: None, asking: Asking) -> None:
    months = {person: my_month(asking(person)) for person in PEOPLE}
    assert due(months["ana"]) == [
        ("patch_unsubmitted", "2026-05-07", False),
        ("orders_unconfirmed", "2026-05-07", False),
    ]
    assert [one.where.page for one in months["ana"].waits] == ["entry", "orders_to_confirm"]
    assert months["ana"].waits[1].name == "4"
    assert due(months["ines"]) == [
        ("sales_input_missing", "2026-05-08", False), ("accounts_unsaid", "2026-05-08", False),
    ]  # fmt: skip
    assert due(months["dora"]) == [("consensus_missing", "2026-05-11", False)]
    assert [person for person in PEOPLE if not months[person].waits] == [
        "eva", "omar", "sven", "fay", "olga", "pia", "adam",
    ]  # fmt: skip


def test_who_has_nothing_open_hears_where_she_acts_next(in_demand: None, asking: Asking, act: Act) -> None:
    stops = {person: my_month(asking(person)).next for person in ("omar", "sven", "eva", "adam")}
    said = {person: (one.milestone, str(one.day), one.period) if one else None for person, one in stops.items()}
    assert said == {
        "omar": ("sign_supply", "2026-05-15", "2026-05"),
        "sven": ("plan", "2026-05-14", "2026-05"),
        "eva": ("decide", "2026-05-25", "2026-05"),
        "adam": None,
    }
    act("ana", "submit", patch="Nord")
    act("ana", "confirm", customer="alpha")
    after = my_month(asking("ana"))
    assert after.waits == ()
    assert after.next is not None
    assert (after.next.milestone, after.next.period) == ("submit", "2026-06")


def test_what_is_late_says_so_and_stands_first(in_demand: None, plan: Plan) -> None:
    late = my_month(make_context(plan, person="ines", now=dt.datetime(2026, 5, 12, 10, tzinfo=dt.UTC)))
    assert due(late) == [("sales_input_missing", "2026-05-08", True), ("accounts_unsaid", "2026-05-08", True)]
    both = my_month(make_context(plan, person="dora", now=dt.datetime(2026, 5, 11, 10, tzinfo=dt.UTC)))
    assert [one.late for one in both.waits] == [False]


def test_a_returned_patch_waits_again_with_the_sentence_of_who_returned_it(
    in_demand: None, asking: Asking, act: Act
) -> None:
    act("ana", "submit", patch="Nord")
    assert ("patch_submitted", "2026-05-08", False) in due(my_month(asking("ines")))
    act("ines", "return", patch="Nord", note="what of the tender?")
    waits = my_month(asking("ana")).waits
    assert [(one.returned.person, one.returned.because) for one in waits if one.returned] == [
        ("Ines Duarte", "what of the tender?")
    ]
    assert [one.returned for one in my_month(asking("ben")).waits] == [None, None]


def test_a_struck_signature_stands_there_until_it_is_given_again(agreed: None, asking: Asking, act: Act) -> None:
    assert my_month(asking("ines")).struck == ()
    act("olga", "reopen", phase="DEMAND", reason="a unit was wrong")
    assert [(one.meaning, one.because) for one in my_month(asking("ines")).struck] == [
        ("demand agreed", "a unit was wrong")
    ]
    assert my_month(asking("dora")).struck == ()


def test_a_person_hears_of_others_only_and_of_her_own_patch_only(in_demand: None, asking: Asking, act: Act) -> None:
    act("ana", "submit", patch="Nord")
    act("ben", "submit", patch="South")
    act("ines", "accept", patch="Nord")
    told = {person: codes(my_month(asking(person))) for person in ("ana", "ben", "dora", "adam")}
    assert [code for code in told["ana"] if code.startswith("patch")] == ["patch_accepted"]
    assert [code for code in told["ben"] if code.startswith("patch")] == []
    assert sorted(code for code in told["dora"] if code.startswith("patch")) == [
        "patch_accepted", "patch_submitted", "patch_submitted",
    ]  # fmt: skip
    assert told["adam"] == []
    assert [one.what["patch"] for one in my_month(asking("ana")).changes if one.code == "patch_accepted"] == ["Nord"]


def test_a_salesperson_hears_of_no_sheet_that_is_not_for_everybody(agreed: None, asking: Asking) -> None:
    made = {
        person: " ".join(str(one.what["sheets"]) for one in my_month(asking(person)).changes if "sheets" in one.what)
        for person in ("ana", "omar")
    }
    assert "Sales input" in made["omar"]
    assert "Sales input" not in made["ana"]
    assert "Consensus" in made["ana"]


def test_an_edit_in_her_patch_is_told_and_one_elsewhere_is_not(in_demand: None, asking: Asking, act: Act) -> None:
    for patch in ("Nord", "South"):
        act(
            "ines", "edit", layer="L2M", place={"patch": patch}, first="2026-06", periods=1, mode="percent", value=10.0,
            reason="a fair",
        )  # fmt: skip
    typed = {
        person: [(one.what["count"], one.what["place"]) for one in my_month(asking(person)).changes
                 if one.code == "edited"]
        for person in ("ana", "dora", "ines")
    }  # fmt: skip
    assert typed == {"ana": [(1, "Nord")], "dora": [(2, "South")], "ines": []}


def test_news_of_a_channel_is_told_with_the_channel_as_it_is_called(in_demand: None, asking: Asking, act: Act) -> None:
    place = {"channel": "shop"}
    act("ana", "news", kind="competitor", text="a rival opens", place=place, patch="Nord", in_number="no")
    told = [one for one in my_month(asking("dora")).changes if one.what.get("text") == "a rival opens"]
    assert {str(one.what["place"]) for one in told} == {"shop"}


def test_since_stays_within_a_sitting_and_moves_after_it(plan: Plan) -> None:
    looks = [NOW + dt.timedelta(minutes=minutes) for minutes in (0, 10, 39, 69, 80)]
    since = [look_at_month(plan, person="ana", now=look) for look in looks]
    assert since == [None, None, None, looks[2], looks[2]]
    assert look_at_month(plan, person="ben", now=NOW) is None
    assert look_at_month(plan, person="ana", now=NOW) == looks[2]


def test_what_changed_begins_where_she_last_looked(in_demand: None, plan: Plan, act: Act) -> None:
    then = NOW + dt.timedelta(minutes=1)
    first = my_month(make_context(plan, person="ines", now=then))
    assert first.since is None
    assert "sheets_made" in codes(first)
    do(plan, "ana", "submit", at=LATER, patch="Nord")
    after = my_month(make_context(plan, person="ines", now=LATER + dt.timedelta(hours=1)))
    assert (after.since, codes(after)) == (then, ["patch_submitted"])


def test_who_only_looks_at_a_rehearsal_leaves_no_trace(plan: Plan, in_demand: None) -> None:
    plan.purpose = "rehearsal"
    plan.save(update_fields=["purpose"])
    my_month(make_context(plan, person="ana", now=NOW))
    assert MonthLook.objects.count() == 0


def test_figures_that_are_not_known_say_why(in_demand: None, asking: Asking) -> None:
    assert figures(my_month(asking("ines"))) == {"patches": {"done": 0, "all": 2}, "moves": "input_open"}
    assert figures(my_month(asking("dora"))) == {"accuracy": "not_measured"}
    assert figures(my_month(asking("omar"))) == {"lines": "not_planned", "shortages": "not_planned"}
    assert figures(my_month(asking("eva"))) == {
        "papers": "no_papers", "landing": "not_reviewed", "breaches": "not_measured",
    }  # fmt: skip
    assert figures(my_month(asking("adam"))) == {"accounts": {"count": 0}}
    call = my_month(asking("ana")).outcomes
    assert call is not None
    assert (call.of, call.short, call.whole) == ("", (), 0)


@pytest.fixture
def squeezed(db: None, settings: object, tmp_path: object) -> Plan:
    settings.ONENUMBER_HOME = tmp_path / "home"
    return founded("tight", "live", tmp_path / "data")


def test_in_supply_and_before_the_executive_the_ball_is_where_the_month_says(squeezed: Plan) -> None:
    def month(person: str) -> MyMonth:
        return my_month(make_context(squeezed, person=person, now=NOW))

    to_supply(squeezed)
    assert due(month("sven")) == [("supply_plan_missing", "2026-05-14", False)]
    assert month("omar").waits == ()
    to_executive(squeezed)
    assert {one.said for one in month("eva").waits} == {"paper_undecided", "over_budget"}
    assert {str(one.day) for one in month("eva").waits} == {"2026-05-25"}
    assert month("eva").waits[0].where.page == "decisions"
    papers = figures(month("eva"))["papers"]
    assert papers == {"papers": 1, "lines": 2}
    lines = next(one for one in month("omar").blocks if one.code == "lines")
    assert lines.values["full"] == 1
    assert [line.name for line in lines.lines] == ["Line 1 (L1)"]
    landing = figures(month("fay"))["landing"]
    assert isinstance(landing, dict)
    assert landing["outside"] == 2
    gate = figures(month("olga"))["gate"]
    assert isinstance(gate, dict)
    assert gate["count"] == len(cycle_bar(make_context(squeezed, person="olga", now=NOW)).open_points)


def test_once_published_a_salesperson_hears_what_was_promised_and_why_not_more(squeezed: Plan) -> None:
    to_supply(squeezed)
    to_executive(squeezed)
    do(squeezed, "eva", "decide", paper=PAPER, option=NOTHING)
    do(squeezed, "sven", "replan")
    to_published(squeezed)
    call = my_month(make_context(squeezed, person="ana", now=NOW)).outcomes
    assert call is not None
    assert call.of == "2026-05"
    lines = [line for one in call.short for line in one.lines]
    assert lines
    for line in lines:
        assert sum(one.quantity for one in line.shorts) == pytest.approx(line.asked - line.promised)
        assert {one.cause for one in line.shorts} == {"capacity"}
        assert all(one.at.endswith("L1)") or one.at == "L1" for one in line.shorts)
    hers = {one.customer for one in call.short}
    other = my_month(make_context(squeezed, person="ben", now=NOW)).outcomes
    assert other is not None
    assert hers.isdisjoint({one.customer for one in other.short})
    assert my_month(make_context(squeezed, person="omar", now=NOW)).outcomes is None


def test_a_breach_waits_for_its_owner_until_she_answers(loaded: None, plan: Plan, act: Act, asking: Asking) -> None:
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "measure")
    made, store = version(plan, SheetKind.ADHERENCE), versions_of(plan)
    sheet = store.get(made.content)
    far = (pl.col("figure") == "production") & (pl.col("scope") == "P1")
    figures_ = sheet.table("figures").with_columns(far.alias("breached"))
    made.content = store.put(replace(sheet, tables={**sheet.tables, "figures": figures_}))
    made.save(update_fields=["content"])
    waits = {person: my_month(asking(person)).waits for person in ("pia", "omar", "ana")}
    assert [(one.said, one.name, one.count, str(one.day)) for one in waits["pia"]] == [
        ("breach_unanswered", "2026-04", 1, "2026-05-28")
    ]
    assert [one.said for one in (*waits["omar"], *waits["ana"]) if one.said == "breach_unanswered"] == []
    assert figures(my_month(asking("eva")))["breaches"] == {"count": 1, "owners": 1}
    act("pia", "answer", figure="production", scope="P1", text="The press stood for two days.")
    assert my_month(asking("pia")).waits == ()
    assert figures(my_month(asking("eva")))["breaches"] == {"count": 0, "owners": 0}
    assert [one.what["text"] for one in my_month(asking("omar")).changes if one.code == "answered"] == [
        "The press stood for two days."
    ]
    assert [code for code in codes(my_month(asking("ana"))) if code == "answered"] == []
