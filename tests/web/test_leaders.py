"""The pages of leaders in words: what comes first, what is never hidden, and how few numbers an executive reads."""

import datetime as dt
import html
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.consensus.skill import Month, Skill
from onenumber.measure.value_added import value_added
from onenumber.review.deviations import PARTS
from onenumber.steps.see.answers import Answerer, AnswersShown, Cell, Miss, OwnerLine, Said
from onenumber.steps.see.deviations import NO_CONSENSUS, Bars, Cause, Claim, DeviationsShown
from onenumber.steps.see.skill import SkillShown
from onenumber.store.models import Account, Plan
from onenumber.web.adherence import words as adherence
from onenumber.web.deviations import words as deviations
from onenumber.web.team.words import month_views, skill_sentences
from tests.steps.month_for_tests import do, founded, to_executive, to_supply

SAID = Said(
    person="Ines", code="TIM-PUSH", text="it comes in May", action="call them", due=dt.date(2026, 5, 29),
    on=dt.date(2026, 5, 5),
)  # fmt: skip


DUE = dt.date(2026, 5, 28)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def bars(name: str = "", **parts: float) -> Bars:
    every = {part: parts.get(part, 0.0) for part in PARTS}
    return Bars(label=name, name=name, consensus=1000.0, parts=every, actual=1000.0 + sum(every.values()), budget=None)


def shown(*causes: Cause, **parts: float) -> DeviationsShown:
    return DeviationsShown(
        period="2026-04", by="division", currency="EUR", base="2026-03", all=bars(**parts), causes=causes
    )


def miss(*said: Said, since: tuple[tuple[str, bool | None], ...] = ()) -> Miss:
    return Miss(
        key=("sales", "DA"), scope="DA", owner="Ines", period="2026-04", plan=100.0, actual=70.0, unit="pcs", value=0.7,
        tolerance=0.05, said=said, since=since, hers=False,
    )  # fmt: skip


def test_what_nobody_explained_stands_last_and_is_marked_even_at_nothing() -> None:
    told, silent = Cause(name="DA", amount=-30.0, said=SAID), Cause(name="DB", amount=-20.0, said=None)
    rows = deviations.steps(shown(told, silent, volume=-50.0, undelivered=-100.0))
    assert [plain(f"{one.name} {one.amount}") for one in rows] == [
        "Consensus of March 2026 1 000", "Asked and not delivered −100", "Customers of DA −30", "Unexplained −20",
        "Actual, delivered 850",
    ]  # fmt: skip
    assert [one.unexplained for one in rows] == [False, False, False, True, False]
    assert rows[1].why == "supply"  # nobody said why orders were not kept
    late = replace(SAID, code="SUP-LATE", text="lines waited")
    answered = deviations.steps(replace(shown(told, undelivered=-100.0), supply=(late,)))
    assert answered[1].why == "Ines: “lines waited” (made or delivered late)"
    assert rows[2].why.endswith("(pushed to a later month)")  # its code is for files
    assert [one.name for one in deviations.steps(shown(told, volume=-30.0))][-2:] == [
        "Unexplained", "Actual, delivered",
    ]  # fmt: skip


def test_the_lead_names_its_base_and_tells_what_was_delivered_from_what_was_asked() -> None:
    said = [plain(one) for one in deviations.lead(shown(volume=-50.0, undelivered=-100.0))]
    assert said[0] == "April 2026 delivered 850 EUR, 15 % under the consensus of March 2026, a month ahead: −150 EUR."
    assert said[1] == "Customers asked for 950 EUR, 5 % under it."


def test_who_sees_a_part_is_not_told_that_nobody_explained_it() -> None:
    silent = Cause(name="DB", amount=-20.0, said=None)
    rows = deviations.steps(replace(shown(silent, volume=-20.0), whole=False))
    assert [one.name for one in rows] == ["Consensus of March 2026", "Customers of DB", "Actual, delivered"]
    assert not any(one.unexplained for one in rows)
    assert rows[1].why == "they asked for something else; who answers for sales can say why"


def test_the_head_of_a_division_reads_who_answers_for_what_others_explain() -> None:
    silent = Cause(name="DB", amount=-20.0, said=None)
    whose = tuple(Answerer(figure=figure, scope="DB", owner=owner) for figure, owner in
                  (("sales", "Ines"), ("service", "Omar"), ("budget", "Ines")))  # fmt: skip
    part = replace(shown(silent, volume=-20.0, undelivered=-5.0), whole=False, answerers=whose)
    assert [one.why for one in deviations.steps(part)[1:-1]] == [
        "supply; Omar answers for it", "they asked for something else; Ines answers for it",
    ]  # fmt: skip


def test_amounts_of_a_table_have_one_scale_and_a_budget_its_column_only_where_there_is_one() -> None:
    large = Bars(label="DA", name="DA", consensus=2.4e6, parts={**dict.fromkeys(PARTS, 0.0), "volume": -9_000.0},
                 actual=2.391e6, budget=None)  # fmt: skip
    found = DeviationsShown(period="2026-04", by="division", currency="EUR", all=large, groups=(large,))
    assert deviations.unit(found) == "thousand EUR"
    cells = [plain(cell) for cell in deviations.group_rows(found)[0].cells]
    assert (cells[0], cells[1], cells[-1]) == ("2 400", "−9", "2 391")
    assert "against budget" not in deviations.heads(found)
    held = DeviationsShown(
        period="2026-04", by="division", currency="EUR", all=large, groups=(replace(large, budget=2e6),)
    )
    assert deviations.heads(held)[-1] == "against budget"
    assert plain(deviations.group_rows(held)[0].cells[-1]) == "20 % over"


def test_a_month_that_cannot_be_told_says_why() -> None:
    found = DeviationsShown(period="2026-04", by="division", currency="EUR", why=NO_CONSENSUS)
    assert deviations.lead(found)[0].startswith("– It is not known: no cycle of OneNumber forecast this month")
    assert deviations.steps(found) == deviations.group_rows(found) == ()


def test_an_explanation_by_timing_is_held_against_the_month_after() -> None:
    late = Claim(miss=miss(SAID), said=SAID, came_true="false", short=30.0, came=-10.0, plan=100.0, unit="pcs")
    found = deviations.claim_rows(DeviationsShown(period="2026-05", by="division", currency="EUR", claims=(late,)))[0]
    assert plain(found.came) == "it did not come true: a month later sales are 10 % under their plan, by 10 pcs"
    assert found.is_false


def test_who_owes_an_answer_is_named_and_what_was_promised_is_looked_after() -> None:
    owner = OwnerLine(owner="Ines", cells=(Cell(known=2, missed=1, answered=0),), often=(("sales", "DA"),))
    seen = AnswersShown(cycle="2026-05", periods=("2026-04",), owners=(owner,), misses=(miss(),), earlier=())
    assert adherence.lead(seen, DUE, DUE) == (
        "1 of 2 known figures of April 2026 missed the plan; 1 has no answer, due by Thursday 28 May: Ines."
    )
    assert adherence.lead(seen, DUE, DUE + dt.timedelta(days=1)).endswith(
        "; 1 has had no answer since Thursday 28 May: Ines."
    )
    view = adherence.owner_views(seen)[0]
    assert (view.cells[0].owed, view.often) == (True, "1 figure 3 times or more in 6 months")
    answered = adherence.miss_views((miss(SAID, since=(("2026-05", False),)),), {})[0]
    assert answered.said[0].promised == "call them, by 29 May 2026"
    assert (answered.since, answered.again) == ("missed again in May 2026", True)


def test_who_owns_none_of_her_division_reads_who_does() -> None:
    others = tuple(
        Answerer(figure=figure, scope="Pumps", owner=owner)
        for figure, owner in (("sales", "Ines"), ("service", "Omar"), ("budget", "Ines"))
    )
    seen = AnswersShown(cycle="2026-05", periods=(), owners=(), misses=(), earlier=(), others=others)
    assert adherence.lead(seen, DUE, DUE) == (
        "No figure of Adherence is yours to answer for. Those of Pumps are: sales and revenue against budget (Ines); "
        "order lines kept (Omar)."
    )
    assert adherence.lead(replace(seen, others=()), DUE, DUE).startswith("No measured figure is yours")


def test_a_month_without_a_plan_was_not_kept_by_anybody() -> None:
    owner = OwnerLine(owner="Ines", cells=(Cell(known=0, missed=0, answered=0),), often=())
    seen = AnswersShown(cycle="2026-05", periods=("2026-04",), owners=(owner,), misses=(), earlier=())
    assert adherence.lead(seen, DUE, DUE).startswith("– No figure of April 2026 is known")
    assert adherence.owner_views(seen)[0].cells[0].text == "–"


def skilled(*months: Month) -> SkillShown:
    sides = {name: np.array([[getattr(one, name) for one in months]]) for name in ("baseline", "sales", "actual")}
    steps = value_added(steps={name: sides[name] for name in ("baseline", "sales")}, actual=sides["actual"])
    return SkillShown(
        person="ana", name="Ana Ruiz", patches=("Nord",), labels=tuple(f"2026-0{k + 1}" for k in range(len(months))),
        currency="EUR", skill=Skill(months=months, added=steps[1]),
    )  # fmt: skip


def test_of_few_months_nothing_is_said_and_of_many_what_they_show() -> None:
    months = [Month(period=k, sales=120.0, baseline=100.0, actual=100.0) for k in range(7)]
    assert "fewer than 6 say nothing" in skill_sentences(skilled(*months[:3]))[0]
    said = [plain(one) for one in skill_sentences(skilled(*months))]
    assert said[0] == "Item by item, over 7 months these figures made the error 20.0 points larger than the baseline's."
    assert (
        "In 7 of 7 months the baseline was put up by more than 10 %; what came was nearer to the baseline in 7"
        in (said[2])
    )
    assert [one.nearer for one in month_views(skilled(*months[:1]))] == ["the baseline"]


@pytest.fixture
def plan(db: None, settings: Settings, tmp_path: Path) -> Plan:
    """The squeezed company before its executive."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    made = founded("tight", "live", tmp_path / "data")
    to_supply(made)
    to_executive(made)
    return made


def page_of(plan: Plan, person: str, page: str) -> str:
    client = Client()
    account, _ = Account.objects.get_or_create(login=person, plan=plan, person=person)
    client.force_login(account)
    return html.unescape(client.get(f"/p/{plan.key}/2026-05/{page}/").content.decode())


def test_an_executive_reads_at_most_twelve_numbers_at_once(plan: Plan) -> None:
    text = page_of(plan, "eva", "executive")
    seen = text[text.index("<h1") : text.index('<h2 id="sign"')]
    days = r"\d{4}-\d\d\S*|(January|May|June) \d+|20\d\d|\w*\d+ \w+ \d+|\d+ August"
    names = r"Overtime step \d|Line 1 \(L1\)"  # what things are called is read, and is no figure
    seen = re.sub(rf"<details>.*?</details>|<[^>]+>|{names}|{days}", " ", seen, flags=re.DOTALL)
    assert 0 < len(re.findall(r"[−+]?\d[\d\u202f.]*", seen)) <= 12


def test_who_prepares_papers_and_who_only_reads_them_see_the_same_refusal(plan: Plan) -> None:
    for person in ("eva", "olga", "fay"):
        text = page_of(plan, person, "executive")
        assert "The approval would be refused" in text
        assert ("Accept the deviation" in text) == (person == "eva")
    do(plan, "eva", "decide", paper="budget:revenue:DA", option="accept", rationale="the budget is of last year")
    assert "DA lands" not in page_of(plan, "eva", "executive")
