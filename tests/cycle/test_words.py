"""Blockers in words."""

import pytest

from onenumber.cycle.phases import Blocker
from onenumber.cycle.words import CLAUSES, FIRM_PERIOD, NO_ROUTE, NOWHERE, OF_MANY, clause, sentence

FIRM = "Shortages that only an earlier start could have prevented (the firm period)"
UNSERVED = "Shortages of what no site may serve (no_route)"


@pytest.mark.parametrize(
    ("code", "subject", "said"),
    [
        ("shortage_open", "L1", "The shortage at L1 has neither an option nor an escalation"),
        ("shortage_open", FIRM_PERIOD, f"{FIRM} have neither an option nor an escalation"),
        ("conflict_open", FIRM_PERIOD, f"{FIRM} were escalated and have no paper with two costed options"),
        ("shortage_open", NO_ROUTE, f"{UNSERVED} have neither an option nor an escalation"),
        ("price_coverage", "97.1% of value", "Prices are known for only 97.1% of value"),
        ("facts_not_loaded", "shipments of 2026-06", "No shipments of 2026-06 were loaded"),
        ("supply_plan_stale", "final supply plan", "The final supply plan is stale and must be made again"),
    ],
)
def test_what_keeps_a_gate_closed_is_a_sentence(code: str, subject: str, said: str) -> None:
    assert sentence(code, subject) == said


def test_an_error_says_the_same_words_and_who_settles_it() -> None:
    said = Blocker(code="shortage_open", subject=FIRM_PERIOD, role="SS").said
    assert said == f"{clause('shortage_open', FIRM_PERIOD)} (the supply planner)"


def test_every_clause_says_its_subject() -> None:
    said = [clause(code, "X1") for code in CLAUSES]
    assert all("X1" in one and "{" not in one for one in said)
    assert all(subject in clause(code, subject) for code in OF_MANY for subject in NOWHERE)
