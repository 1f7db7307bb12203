"""Every code of My month has its words: changes, causes of what is short, figures, the reasons why one is not known."""

import ast
import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from onenumber.cycle.calendar import MILESTONES
from onenumber.cycle.dues import STOPS, milestone_of, next_stop
from onenumber.cycle.gates import NEEDED
from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES
from onenumber.cycle.words import CLAUSES
from onenumber.model.period import Period, WorkDays
from onenumber.model.sheet_names import sheet_said
from onenumber.steps.see import month_changes, month_figures
from onenumber.steps.see.digest import Digest
from onenumber.steps.see.month_block import Block, Line
from onenumber.steps.see.month_changes import Change
from onenumber.steps.see.month_page import Where
from onenumber.steps.see.month_promises import Outcomes
from onenumber.steps.see.month_waits import UNBUDGETED, UNJUDGED, Wait
from onenumber.supply import explain
from onenumber.web.messages.words import headline
from onenumber.web.month.changes import change_lines
from onenumber.web.month.figures import SENTENCES, TITLES, WHY, figure_blocks
from onenumber.web.month.outcomes import CAUSES, outcome_page
from onenumber.web.month.words import changes_sentence, wait_lines

AT = dt.datetime(2026, 6, 4, 10, tzinfo=dt.UTC)
WEEK = WorkDays(workdays="12345")
MAY = Period(
    index=0, label="2026-05", start=dt.date(2026, 5, 1), end=dt.date(2026, 6, 1), fiscal_year=2026, season=4
)  # fmt: skip
TOLD = {
    "signed": {"meaning": "achievable"},
    "struck": {"meaning": "achievable", "because": "a unit was wrong"},
    **{f"patch_{state}": {"patch": "Nord"} for state in ("submitted", "returned", "accepted", "defaulted")},
    **{
        f"paper_{how}": {"paper": "2026-05-L1", "option": "A"}
        for how in ("decided", "refused", "deferred", "defaulted", "withdrawn")
    },
    "phase_ended": {"before": "DATA", "after": "DEMAND"},
    "phase_reopened": {"before": "DEMAND", "after": "DATA", "reason": "a unit was wrong"},
    "waived": {"code": "facts_not_loaded", "subject": "orders", "reason": "they come tomorrow"},
    "escalated": {"code": "shortage_open", "subject": "L1", "short": "L1", "reason": "they come tomorrow"},
    "plant_taken": {"site": "P1", "item": "", "month": "", "note": ""},
    "plant_cannot": {"site": "P1", "item": "A1", "month": "2026-06", "note": "The press stood."},
    **{
        f"emergency_{code}": {"item": "A1", "site": "P1", "quantity": "12", "stage": "R1", "text": "they come tomorrow"}
        for code in ("named", "yes", "no", "lapsed", "taken_back", "said_yes", "said_no")
    },
    "plan_amended": {"stage": "R1"},
    "promise_less": {"customer": "Alpha", "item": "A1", "month": "2026-06", "was": "9", "now": "5", "stage": "R1"},
    "action_agreed": {"owner": "Sven Berg", "due": "2026-05-20", "text": "their store is full"},
    "loaded": {"rows": 6348, "findings": 2},
    "news_shared": {"kind": "customer_stock", "place": "Alpha", "text": "their store is full"},
    "news_in": {"place": "Alpha", "text": "their store is full"},
    "news_out": {"place": "Alpha", "text": "their store is full"},
    "edited": {"layer": "L2M", "count": 2, "place": "Nord"},
    "question_asked": {"place": "FA", "question": "Why so low?", "text": "The press stood."},
    "question_answered": {"place": "FA", "question": "Why so low?", "text": "The press stood."},
    **{
        f"line_{how}": {
            "paper": "budget:revenue:DA",
            "option": "accept",
            "rationale": "a unit was wrong",
            "account": "revenue",
            "place": "Division A",
        }
        for how in ("decided", "refused", "deferred", "defaulted", "withdrawn")
    },
    "change_asked": {"place": "Nord, FA", "reason": "they come tomorrow"},
    "change_taken": {"place": "Nord, FA", "reason": "they come tomorrow"},
    "change_refused": {"place": "Nord, FA", "reason": "their store is full"},
    "order_requested": {"order": "O1/1", "kind": "wrong_date", "text": "The press stood."},
    "order_corrected": {"order": "O1/1", "kind": "wrong_date", "text": "The press stood."},
    "order_declined": {"order": "O1/1", "kind": "missing", "text": "The press stood."},
    "answered": {"figure": "production", "scope": "P1", "text": "The press stood."},
    "published": {"sheets": "Published plan 12", "step": "publish"},
    "sheets_made": {"sheets": "Data load 26 · History 13", "step": "freeze"},
}


def codes_in(module: object, call: str, name: str) -> set[str]:
    """The literal values of a keyword in the calls of a name."""
    tree = ast.parse(Path(str(module.__file__)).read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == call]
    values = [word.value for node in calls for word in node.keywords if word.arg == name]
    return {value.value for value in values if isinstance(value, ast.Constant) and value.value}


@pytest.mark.parametrize(("code", "what"), TOLD.items())
def test_a_change_is_a_whole_sentence_with_a_link(code: str, what: dict[str, str | int]) -> None:
    change = Change(code=code, at=AT, who="Ines Duarte", what=what, where=Where(page="sheets"))
    (line,) = change_lines([change], "tiny", "2026-05")
    assert line.href == "/p/tiny/2026-05/sheets/"
    assert not re.search(r"%\(|_|\bNone\b", line.text)
    assert line.text[0].isupper()
    assert line.quote in ("", "a unit was wrong", "they come tomorrow", "their store is full", "The press stood.")


def test_every_change_that_is_told_is_said() -> None:
    assert codes_in(month_changes, "Change", "code") <= set(TOLD)


def test_every_figure_has_its_title_and_its_sentence_or_finding() -> None:
    blocks = codes_in(month_figures, "Block", "code")
    assert blocks == set(TITLES)
    assert blocks - set(SENTENCES) == {"vendors"}
    assert codes_in(month_figures, "Block", "why") == set(WHY)


def test_every_cause_of_a_shortage_is_said_to_a_customer() -> None:
    written = Path(explain.__file__).read_text()
    found = set(re.findall(r'code="(\w+)"', written)) | {"cost", "capacity"}
    assert found <= set(CAUSES)


KINDS = ("missing", "sales_input_missing", "stale", "not_signed", "patch_open")
"""Codes whose subject says what it is, or that stand for others."""


def test_everything_that_a_gate_waits_for_has_its_day() -> None:
    made = [(f"{kind}_missing", sheet_said(kind, stage)) for needed in NEEDED.values() for kind, stage, _ in needed]
    given = [("not_signed", rule.meaning) for rule in RULES]
    others = [(code, "L1") for code in CLAUSES if code not in KINDS]
    assert {milestone_of(code, subject) for code, subject in (*made, *given, *others)} <= set(MILESTONES)


def test_a_role_whose_month_is_over_acts_next_in_the_cycle_after_it() -> None:
    june = Period(
        index=1, label="2026-06", start=dt.date(2026, 6, 1), end=dt.date(2026, 7, 1), fiscal_year=2026, season=5
    )  # fmt: skip
    for role in STOPS:
        stop = next_stop({role}, phase=Phase.CLOSED, signed=(), periods=(MAY, june), week=WEEK)
        assert stop is not None
        assert stop.period == "2026-06"
    assert next_stop({"ADM"}, phase=Phase.DATA, signed=(), periods=(MAY, june), week=WEEK) is None
    assert next_stop({"SP"}, phase=Phase.CLOSED, signed=(), periods=(MAY,), week=WEEK) is None


def test_who_signed_already_acts_next_at_her_later_stop() -> None:
    stops = [
        next_stop({"OP"}, phase=Phase.SUPPLY, signed=signed, periods=(MAY,), week=WEEK)
        for signed in ((), ("sign_supply",))
    ]
    assert [stop.milestone if stop else "" for stop in stops] == ["sign_supply", "sign_review"]


def test_answers_that_say_the_same_of_several_places_are_one_line() -> None:
    at = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
    where = Where(page="adherence")

    def answered(scope: str, text: str, figure: str = "production") -> Change:
        what = {"figure": figure, "scope": scope, "text": text}
        return Change(code="answered", at=at, who="Pia Rossi", what=what, where=where)

    lines = change_lines(
        [answered("P1", "The press stood."), answered("P2", "The press stood."), answered("P3", "A strike.")],
        "tiny", "2026-05",
    )  # fmt: skip
    assert [(line.text.partition(" answered ")[2], line.quote) for line in lines] == [
        ("for P1 and P2: production", "The press stood."), ("for P3: production", "A strike."),
    ]  # fmt: skip


def test_a_call_is_told_by_its_month_and_a_newer_one_only_once_it_is_in() -> None:
    told = Outcomes(of="2026-05", first="2026-06", last="2026-11", short=(), whole=7, where=Where(page="family"))
    asked, handed_in = (outcome_page(told, "tiny", "2026-06", closed=closed) for closed in (False, True))
    assert (asked.title, asked.newer) == ("What became of your call of May 2026", "")
    assert handed_in.newer == "What becomes of your call of June 2026 stands here once its plan is published."
    assert outcome_page(told, "tiny", "2026-05", closed=True).newer == ""


def test_what_a_plant_cannot_make_and_what_a_paper_is_about_are_named() -> None:
    cannot = {"code": "plant_cannot", "subject": "A1 at Plant 1 in 2026-06", "short": "P1 A1 2026-06", "reason": ""}
    paper = {"paper": "2026-05-L1", "option": "A", "rationale": "", "about": "Line 1 (L1)"}
    told = [
        Change(code=code, at=AT, who="Eva Okafor", what=what, where=Where(page="sheets"))
        for code, what in (("escalated", cannot), ("paper_decided", paper))
    ]
    assert [line.text for line in change_lines(told, "tiny", "2026-05")] == [
        "Eva Okafor escalated what a plant cannot make (A1 at Plant 1 in June 2026) to the pre-S&OP",
        "Eva Okafor decided A of the paper on Line 1 (L1)",
    ]


def test_changes_are_counted_as_they_are_listed() -> None:
    at, where = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC), Where(page="adherence")
    what = {"figure": "production", "text": "The press stood."}
    told = [
        Change(code="answered", at=at, who="Pia Rossi", what={**what, "scope": scope}, where=where)
        for scope in ("P1", "P2")
    ]
    digest = Digest(cycle="2026-05", day=at.date(), since=at, until=at, waits=(), changes=tuple(told), mail_error="")
    assert headline(digest) == "1 thing happened."
    later = replace(digest, day=dt.date(2026, 5, 6))
    assert headline(later) == "1 thing happened on Monday 4 May."
    both = (*told[:1], replace(told[0], at=at + dt.timedelta(days=1)))
    assert headline(replace(later, changes=both)) == "2 things happened since Monday 4 May."
    assert changes_sentence(None, len(change_lines(told, "tiny", "2026-05"))) == (
        "Others did 1 thing in this cycle so far."
    )


@pytest.mark.parametrize(
    ("outside", "accepted", "unheld", "says"),
    [
        (2, 0, (0, 0), "2 of 5 lines of 2026 land out of tolerance."),
        (2, 1, (0, 0), "2 of 5 lines of 2026 land out of tolerance. The executive accepted 1 of them."),
        (1, 1, (0, 0), "1 of 5 lines of 2026 lands out of tolerance. The executive accepted it."),
        (0, 0, (0, 0), "No line of 2026 is known to land out of tolerance."),
        (0, 0, (2, 1), "No line of 2026 is known to land out of tolerance. Of 2 it is not known, 1 has no budget."),
        (1, 0, (0, 1), "1 of 5 lines of 2026 lands out of tolerance. 1 has no budget."),
    ],
)
def test_a_landing_says_what_was_accepted_and_counts_what_is_not_known_as_the_budget_does(
    outside: int, accepted: int, unheld: tuple[int, int], says: str
) -> None:
    values = {"outside": outside, "accepted": accepted, "all": 5, "year": 2026, "unknown": unheld[0],
              "no_budget": unheld[1], "currency": "EUR"}  # fmt: skip
    amounts = (9.0, 10.0, -1.0, -10.0)
    lines = tuple(Line(name="revenue|DA", values=(*amounts, status)) for status in ("accepted", "outside"))
    block = Block(code="landing", values=values, lines=lines, of="2026-04", where=Where(page="budget"))
    (shown,) = figure_blocks([block], "tiny", "2026-05")
    assert shown.sentence == f"By the cycle of April 2026: {says}"
    assert shown.href == "/p/tiny/2026-05/budget/"
    assert [line.cells[-1][0] for line in shown.lines] == [
        "out of tolerance, accepted", "▲ out of tolerance, to be decided",
    ]  # fmt: skip


def test_a_line_without_a_budget_leads_to_its_page_and_to_where_the_file_is_loaded() -> None:
    day, where = dt.date(2026, 6, 17), Where(page="budget")
    values = {"account": "inventory_value", "year": "2026", "count": "1"}
    waits = [Wait(said=UNBUDGETED, name="Brno", day=day, late=False, where=where, values=values),
             Wait(said=UNJUDGED, name="", day=day, late=False, where=Where(page="bench"))]  # fmt: skip
    lines = wait_lines(waits, "hydra", "2026-06")
    assert [(line.href, line.loads) for line in lines] == [
        ("/p/hydra/2026-06/budget/", "/p/hydra/data/"), ("/p/hydra/2026-06/bench/", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("papers", "lines", "says"),
    [
        (1, 0, "1 paper waits for a decision."),
        (1, 2, "1 paper and 2 budget lines wait for a decision."),
        (0, 1, "1 budget line waits for a decision."),
        (0, 0, "No paper and no budget line waits for you."),
    ],
)
def test_what_waits_for_a_decision_is_named_by_its_number(papers: int, lines: int, says: str) -> None:
    block = Block(code="papers", values={"papers": papers, "lines": lines}, where=Where(page="decisions"))
    assert figure_blocks([block], "tiny", "2026-05")[0].sentence == says
