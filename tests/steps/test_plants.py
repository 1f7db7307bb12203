"""A plant takes the plan, or says what it cannot make: a conflict before the signature, an amendment after it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onenumber.errors import BadArgumentError, CannotSignError, NotAllowedError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.plants import conflicts_of, standing, unmet
from onenumber.steps.see.meetings import meeting_seen
from onenumber.steps.see.month import my_month
from onenumber.steps.see.plants import PlantSeen, amendments_beside, plants_seen, plants_untaken
from onenumber.steps.see.sheets import lines_of
from onenumber.store.models import Plan, PlantAnswer, SheetVersion
from onenumber.store.plans import find_cycle
from tests.standing import once_a_run
from tests.steps.month_for_tests import LINES, NOW, do, founded, sheet, to_executive, to_supply, version

SAYS = {"site": "P1", "item": "A1", "month": "2026-06", "quantity": 10.0, "note": "the mould is worn"}
NAMED = "P1 A1 2026-06"


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    """The proposed plan of May, on the table of the plant."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("plants", "live", tmp_path / "data")
    to_supply(made)
    once_a_run(do)(made, "sven", "plan")
    return made


@pytest.fixture
def looking(plan: Plan) -> Callable[[str], Context]:
    return lambda person: make_context(plan, person=person, now=NOW)


def the_plant(context: Context) -> PlantSeen:
    seen = plants_seen(context)
    assert seen is not None
    (plant,) = seen.plants
    return plant


def waits(context: Context) -> list[str]:
    return [one.said for one in my_month(context).waits]


def test_the_plan_waits_for_its_plant_until_it_is_taken(plan: Plan, looking: Callable[[str], Context]) -> None:
    assert (the_plant(looking("pia")).state, the_plant(looking("pia")).hers) == ("open", True)
    assert (the_plant(looking("omar")).hers, plants_untaken(looking("omar"))) == (False, ("Plant 1",))
    assert [waits(looking(one)).count("plan_untaken") for one in ("pia", "omar", "sven")] == [1, 1, 0]
    do(plan, "pia", "take-plan", site="P1", note="fits")
    plant = the_plant(looking("omar"))
    assert (plant.state, plant.by, plant.note) == ("taken", "Pia Rossi", "fits")
    assert [waits(looking(one)).count("plan_untaken") for one in ("pia", "omar")] == [0, 0]
    do(plan, "sven", "plan")
    assert the_plant(looking("pia")).state == "taken"  # the same content is the same version


def test_what_a_plant_is_asked_is_what_the_plan_makes_there(plan: Plan, looking: Callable[[str], Context]) -> None:
    made = sheet(plan, SheetKind.SUPPLY_PLAN, "proposed").cube("production")
    plant = the_plant(looking("pia"))
    asked = {row.name: row.values for row in plant.families}
    for family in ("FA", "FB"):
        rows = made.axis.attributes["family"] == family
        assert asked[family] == pytest.approx(made.values[rows].sum(axis=0).tolist())
    assert [row.change for row in plant.families] == [(None,) * made.periods] * 2  # there is no plan before


def test_what_it_cannot_make_keeps_achievable_from_being_signed_until_it_goes_up(
    plan: Plan, looking: Callable[[str], Context]
) -> None:
    do(plan, "pia", "answer-plan", **SAYS)
    do(plan, "sven", "escalate", subject="L1", reason="no hours left in autumn")
    with pytest.raises(CannotSignError, match="what the plan asks of it: A1 at Plant 1 in 2026-06"):
        do(plan, "omar", "sign", verb="sign_supply")
    assert "plant_cannot" in waits(looking("sven"))
    do(plan, "sven", "escalate", subject=NAMED, reason="overtime is asked for")
    do(plan, "omar", "sign", verb="sign_supply")
    (said,) = the_plant(looking("omar")).said
    assert (said.item, said.period, said.can, said.by, said.amends) == ("A1", "2026-06", 10.0, "Pia Rossi", False)
    assert said.asks == said.asked > said.can


def test_a_plant_that_takes_the_plan_takes_its_words_back(plan: Plan, looking: Callable[[str], Context]) -> None:
    do(plan, "pia", "answer-plan", **SAYS)
    assert the_plant(looking("pia")).state == "cannot"
    do(plan, "pia", "take-plan", site="P1")
    assert (the_plant(looking("pia")).state, the_plant(looking("pia")).said) == ("taken", ())
    assert PlantAnswer.objects.count() == 2  # nothing that was said is gone


def test_the_newest_word_counts_and_a_plan_that_asks_no_more_settles_it(plan: Plan) -> None:
    do(plan, "pia", "answer-plan", **SAYS)
    do(plan, "pia", "answer-plan", **{**SAYS, "quantity": 12.0})
    rows = list(PlantAnswer.objects.order_by("pk"))
    assert [row.quantity for row in standing(rows).values()] == [12.0]
    proposed = sheet(plan, SheetKind.SUPPLY_PLAN, "proposed")
    (open_,) = unmet(rows, proposed)
    rows[-1].quantity = open_.asks
    assert unmet(rows, proposed) == ()


def test_a_plant_that_says_nothing_counts_as_having_taken_it_with_the_signature(
    plan: Plan, looking: Callable[[str], Context]
) -> None:
    do(plan, "sven", "escalate", subject="L1", reason="no hours left in autumn")
    do(plan, "omar", "sign", verb="sign_supply")
    plant = the_plant(looking("pia"))
    assert (plant.state, plant.by) == ("deemed", "Omar Haddad")
    assert plants_untaken(looking("omar")) == ()
    assert not PlantAnswer.objects.exists()


def test_after_publication_it_is_an_amendment_and_the_plan_stays(plan: Plan, looking: Callable[[str], Context]) -> None:
    to_executive(plan)
    do(plan, "eva", "decide", paper="2026-05-L1", option="A")
    do(plan, "sven", "replan")
    do(plan, "omar", "sign", verb="confirm_final")
    for line in LINES:
        do(plan, "eva", "decide", paper=line, option="accept", rationale="the budget is of last year")
    do(plan, "eva", "sign", verb="approve_final")
    do(plan, "olga", "advance")
    do(plan, "olga", "publish")
    before = version(plan, SheetKind.PUBLISHED_PLAN).content
    outcome = do(plan, "pia", "answer-plan", **SAYS)
    assert outcome.figures["kind"] == "amendment"
    assert version(plan, SheetKind.PUBLISHED_PLAN).content == before
    assert [one.amends for one in the_plant(looking("omar")).said] == [True]
    lines = lines_of(looking("omar"), SheetVersion.objects.filter(plan=plan, kind="published_plan"))
    beside = {who: [one.item for one in amendments_beside(looking(who), lines[0])] for who in ("omar", "pia", "ana")}
    assert beside == {"omar": ["A1"], "pia": ["A1"], "ana": []}
    do(plan, "olga", "advance")  # nothing waits for it


def test_nobody_else_answers_for_a_plant(plan: Plan) -> None:
    for person in ("omar", "sven", "ana", "adam"):
        with pytest.raises(NotAllowedError, match="may not answer the plan of a plant"):
            do(plan, person, "answer-plan", **SAYS)
    with pytest.raises(NotAllowedError, match="Pia Rossi may not answer the plan of a plant for P2: it is outside"):
        do(plan, "pia", "take-plan", site="P2")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"note": " "}, "answer-plan cannot be asked without note: say in a sentence why"),
        ({"quantity": 1e6}, "it is from 0 to less than the"),
        ({"quantity": -1.0}, "it is from 0 to less than the"),
        ({"item": "Z9", "quantity": 0.0}, "it is from 0 to less than the 0 of Z9 that the plan asks of P1"),
    ],
)
def test_an_answer_says_less_than_the_plan_asks_and_why(plan: Plan, wrong: dict[str, object], says: str) -> None:
    with pytest.raises(BadArgumentError, match=says):
        do(plan, "pia", "answer-plan", **{**SAYS, **wrong})
    assert not PlantAnswer.objects.exists()


def test_a_month_without_answers_asks_the_gate_for_none(plan: Plan, looking: Callable[[str], Context]) -> None:
    look = glance(looking("omar"))
    assert conflicts_of(look, find_cycle(plan)) == {}


def test_a_meeting_hears_what_a_plant_cannot_make_until_the_plan_asks_no_more(
    plan: Plan, looking: Callable[[str], Context]
) -> None:
    assert meeting_seen(looking("omar"), "supply").cannot == ()
    do(plan, "pia", "answer-plan", **SAYS)
    (said,) = meeting_seen(looking("omar"), "supply").cannot
    assert (said.site, said.item, said.can, said.note) == ("Plant 1", "A1", 10.0, "the mould is worn")
    assert meeting_seen(looking("omar"), "demand").cannot == ()
    minutes = [one for one in meeting_seen(looking("omar"), "supply").minutes if one.code == "plant_cannot"]
    assert [(one.who, one.what["item"], one.what["month"]) for one in minutes] == [("Pia Rossi", "A1", "2026-06")]
