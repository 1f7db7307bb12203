"""Whose name stands under what: a deputy's with that of whom she stands in for, and in a rehearsal nobody's."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from onenumber.cli import main
from onenumber.errors import NoPlanError, NotAllowedError, UnknownPersonError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.asking import context_for, somebody
from onenumber.steps.frame.context import Context
from onenumber.steps.see.export import exported
from onenumber.store.models import AuditRow, EditRow, Plan
from onenumber.store.plans import find_plan
from onenumber.web.answers.sheets import all_sheets
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import do, founded

BOTH = "Fay Chen for Ines Duarte"


def shown(*command: str) -> str:
    ran = CliRunner().invoke(main, list(command))
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_a_deputy_signs_with_both_names_wherever_it_is_shown(
    in_demand: None, act: Act, asking: Callable[[str], Context], plan: Plan, tmp_path: Path
) -> None:
    long = {"valid_from": dt.date(2026, 1, 1), "valid_to": dt.date(2100, 1, 1)}
    deputy = tiny.table("deputies", [{"person": "ines", "deputy": "fay", **long}])
    act("olga", "load", folder=tiny.write(tmp_path / "away", {"deputies": deputy}))
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("fay", "accept", patch=patch)
    act("ines", "collect")
    act("dora", "agree")
    assert act("fay", "sign", verb="sign_demand").figures["by"] == BOTH
    audit = AuditRow.objects.filter(plan=plan, verb="sign_demand")
    assert list(audit.values_list("person", "deputy_for")) == [("fay", "ines")]
    assert f"  signed “demand agreed” by {BOTH}\n" in shown("sheets", "--as", "olga")
    about = exported(asking("olga"), SheetKind.CONSENSUS)["about"]
    assert about.filter(about="signed")["value"].to_list() == [f"“demand agreed” by {BOTH}, 2026-05-05"]
    (mark,) = next(line.signatures for line in all_sheets(asking("olga"), "").lines if line.signatures)
    assert (mark.name, mark.deputy_for) == ("Fay Chen", "Ines Duarte")
    act("olga", "reopen", phase="DEMAND", reason="a late tender")
    for person in ("ines", "fay"):
        assert f"The signature “demand agreed” of {BOTH} was struck through" in shown("status", "--as", person)
    assert exported(asking("olga"), SheetKind.CONSENSUS)["about"].filter(about="signed").is_empty()


@pytest.fixture
def rehearsal(db: None, settings: object, tmp_path: Path) -> Plan:
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("rehearsal-x", "rehearsal", tmp_path / "data")
    do(plan, "rehearsal", "open", period="2026-05")
    do(plan, "rehearsal", "freeze")
    return plan


@pytest.mark.parametrize(("person", "called"), [("olga", "Olga Novak"), ("ines", "Ines Duarte"), ("", "Nobody named")])
def test_nobody_but_its_own_user_acts_in_a_rehearsal(rehearsal: Plan, person: str, called: str) -> None:
    for step, arguments in (("advance", {}), ("sign", {"verb": "sign_demand"}), ("load", {"folder": Path()})):
        with pytest.raises(NotAllowedError) as refused:
            do(rehearsal, person, step, **arguments)
        assert str(refused.value).startswith(f"{called} may not ")
        assert str(refused.value).endswith(
            ": a rehearsal is played by itself, and no person's name stands in it; name the live plan."
        )


def test_a_rehearsal_is_read_as_any_plan_and_says_what_it_is(rehearsal: Plan) -> None:
    for command in (("status",), ("sheets",)):
        said = shown(*command, "--plan", rehearsal.key, "--as", "olga")
        assert said.startswith("REHEARSAL: not the plan of record\n")
    about = exported(context_for(rehearsal.key, person="ana"), SheetKind.HISTORY)["about"]
    assert about["value"].to_list()[-2:] == ["your part", "REHEARSAL: not the plan of record"]


def test_a_rehearsal_is_never_the_plan_that_is_meant(rehearsal: Plan) -> None:
    with pytest.raises(NoPlanError) as refused:
        find_plan()
    said = (
        "There is no live plan yet. Load a folder to make one: `onenumber load FOLDER`; "
        "or name one of these with --plan: rehearsal-x (rehearsal)."
    )
    assert str(refused.value) == said
    ran = CliRunner().invoke(main, ["export", "load", "-o", "out.json"])
    assert (ran.exit_code, ran.output) == (2, f"{said}\n")
    assert find_plan(rehearsal.key) == rehearsal


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("olge", "'olge' is none of the company's people; did you mean 'olga'?"),
        ("zz", "'zz' is none of the company's people."),
    ],
)
def test_who_is_not_known_is_told_so(in_demand: None, plan: Plan, person: str, said: str) -> None:
    with pytest.raises(UnknownPersonError) as refused:
        somebody(context_for(plan.key, person=person))
    assert str(refused.value) == f"{said} Say who you are by your key in the table people: --as KEY."
    for command in (["papers"], ["advance"], ["export", "load", "-o", "out.json"]):
        ran = CliRunner().invoke(main, [*command, "--as", person])
        assert (ran.exit_code, ran.output) == (2, f"{refused.value}\n")


def test_what_is_typed_at_no_place_is_named_after_the_part_that_it_moved(in_demand: None, act: Act, plan: Plan) -> None:
    act("ana", "edit", layer="L2", place={}, mode="percent", value=5.0)
    act("dora", "edit", layer="L4", place={}, mode="percent", value=5.0)
    assert list(EditRow.objects.filter(layer__plan=plan).order_by("pk").values_list("place_name", flat=True)) == [
        "Nord", "the company",
    ]  # fmt: skip


def test_an_edit_of_her_part_of_a_place_is_named_after_that_part(in_demand: None, act: Act, plan: Plan) -> None:
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="percent", value=5.0)
    act("ana", "edit", layer="L2", place={"planning_customer": "alpha"}, mode="percent", value=5.0)  # all of it is hers
    act("dora", "edit", layer="L4", place={"family": "FA", "patch": "Nord"}, mode="percent", value=5.0)
    assert list(EditRow.objects.filter(layer__plan=plan).order_by("pk").values_list("place_name", flat=True)) == [
        "A1, Nord", "alpha", "FA, Nord",
    ]  # fmt: skip
