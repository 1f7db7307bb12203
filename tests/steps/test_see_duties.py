"""Who does what: one accountable person for each duty, signature and figure, who may do it; and what is not filled."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import GateClosedError, NobodyNamedError, UnknownPersonError
from onenumber.model.finding import Severity
from onenumber.model.sentences import say
from onenumber.rights.ask import EVERYTHING, Thing, may, reads
from onenumber.rights.duties import DUTIES, place_of
from onenumber.rights.table import WRITE, Scope
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.gates import open_blockers
from onenumber.steps.frame.seats import seats_on
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.duties import DutiesShown, Holder, RoleShown, duties_shown
from onenumber.steps.see.month import my_month
from onenumber.store.models import Plan, Purpose
from tests import tiny
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
Rows = dict[str, list[dict[str, object]]]
UNASKED = "Nobody is asked what they will need. Load rows of patch_customers that say whose they are."
PATCHES = "Load rows of patch_owners once they have one."
SHARED = "To make it another, the process owner loads an end to the role of the first, in the table roles."


@pytest.fixture
def opened(plan: Plan, act: Act, tmp_path: Path) -> Callable[[Rows], None]:
    """The tiny company with some tables otherwise, its first cycle open."""

    def run(otherwise: Rows) -> None:
        made = tiny.tables() | {name: tiny.table(name, rows) for name, rows in otherwise.items()}
        act("nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
        act("olga", "open", period="2026-05")

    return run


def rows_of(table: str) -> list[dict[str, object]]:
    return tiny.tables()[table].to_dicts()


def role_of(shown: DutiesShown, role: str) -> RoleShown:
    return next(one for one in shown.roles if one.role == role)


def told(shown: DutiesShown, severity: Severity) -> list[str]:
    return [say(finding) for finding in shown.findings if finding.severity is severity]


def test_each_duty_signature_and_figure_has_one_accountable_person_and_a_day(
    opened: Callable[[Rows], None], asking: Asking
) -> None:
    opened({})
    shown = duties_shown(asking("ana"))
    sold = role_of(shown, "SP")
    assert [(one.place, one.accountable) for one in sold.holders] == [("Nord", "Ana Ruiz"), ("South", "Ben Osei")]
    first = sold.duties[0]
    assert (first.code, first.due.date, first.due.working_day) == ("SP-1", dt.date(2026, 5, 7), 5)
    assert role_of(shown, "DP").holders == (Holder(place="", accountable="Dora Lind"),)
    assert role_of(shown, "PM").holders[0].place == "Plant 1 (P1)"
    assert [(one.meaning, one.holder.accountable) for one in shown.signatures] == [
        ("demand agreed", "Ines Duarte"), ("achievable", "Omar Haddad"), ("recommended", "Omar Haddad"),
        ("achievable as decided", "Omar Haddad"), ("approved", "Eva Okafor"),
    ]  # fmt: skip
    assert [(one.figure, one.holder.place, one.holder.accountable) for one in shown.figures] == [
        ("sales", "DA", "Ines Duarte"), ("sales", "DB", "Ines Duarte"), ("production", "Plant 1 (P1)", "Pia Rossi"),
        ("inventory", "Plant 1 (P1)", "Sven Berg"), ("service", "DA", "Omar Haddad"), ("service", "DB", "Omar Haddad"),
        ("budget", "DA", "Fay Chen"), ("budget", "DB", "Fay Chen"),
    ]  # fmt: skip
    assert {one.due.date for one in shown.figures} == {dt.date(2026, 5, 28)}
    assert told(shown, Severity.ATTENTION) == []


def test_who_is_accountable_may_do_it(opened: Callable[[Rows], None], asking: Asking) -> None:
    opened({})
    context = asking("olga")
    held = context.held()
    assert held is not None
    seats = seats_on(context.today, company=context.company(), held=held)
    asked = 0
    for seat in seats:
        for duty in (duty for duty in DUTIES.values() if duty.role == seat.role and seat.people):
            actor = held.actor(seat.people[0])
            kind = place_of(seat.role).value
            thing = Thing(**{kind: seat.place}) if kind in ("patch", "site", "division") else Thing(patch="Nord")
            for verb in duty.verbs:
                own = WRITE[verb].roles[duty.role] is not Scope.OWNER
                phase = (WRITE[verb].phases or tuple(Phase))[0]
                assert may(actor, verb, phase=phase, thing=thing if own else Thing(answering=(actor.person,)))
                asked += 1
            assert all(reads(actor, figure) for figure in duty.reads)
    assert asked > 40
    assert {seat.role for seat in seats if seat.place != EVERYTHING} == {"SP", "PM", "DH"}


def test_hers_are_marked_also_those_of_whom_she_stands_in_for(opened: Callable[[Rows], None], asking: Asking) -> None:
    away = {"valid_from": dt.date(2026, 5, 1), "valid_to": dt.date(2026, 7, 1)}
    opened({"deputies": [{"person": "omar", "deputy": "sven", **away}, {"person": "ana", "deputy": "ben", **away}]})
    shown = duties_shown(asking("sven"))
    mine = [role.role for role in shown.roles for holder in role.holders if holder.mine]
    assert mine == ["OP", "SS"]
    (operations,) = role_of(shown, "OP").holders
    assert [(one.name, one.since, one.until) for one in operations.deputies] == [
        ("Sven Berg", dt.date(2026, 5, 1), dt.date(2026, 7, 1))
    ]
    assert [one.verb for one in shown.signatures if one.holder.mine] == ["sign_supply", "sign_review", "confirm_final"]
    whose = {(role.role, holder.stood_in) for role in shown.roles for holder in role.holders if holder.mine}
    omar = StandIn(name="Omar Haddad", since=dt.date(2026, 5, 1), until=dt.date(2026, 7, 1))
    assert whose == {("OP", omar), ("SS", None)}  # her own, and his while he is away
    assert my_month(asking("omar")).stood_in == (replace(omar, name="Sven Berg"),)
    assert my_month(asking("sven")).stood_in == ()
    bens = role_of(duties_shown(asking("ben")), "SP").holders
    assert [(one.place, one.mine) for one in bens] == [("Nord", True), ("South", True)]


def test_what_is_not_filled_is_said_with_what_to_do(opened: Callable[[Rows], None], asking: Asking) -> None:
    gone = ("dora", "pia")
    opened(
        {
            "roles": [row for row in rows_of("roles") if row["person"] not in gone],
            "patch_customers": [row for row in rows_of("patch_customers") if row["customer"] != "gamma"],
            "owners": [row for row in rows_of("owners") if row["figure"] not in ("sales", "production")],
        }
    )
    shown = duties_shown(asking("olga"))
    assert told(shown, Severity.ATTENTION) == [
        "Nobody is demand planner: DP-1 to DP-5 wait for a person. Load a row of roles that names one.",
        "Nobody manages Plant 1 (P1); lines there: 1 (L1). Load a row of roles with role PM and that site.",
        f"Customers without a patch: 1 (gamma). {UNASKED}",
        "Nobody answers for sales of DA, DB. Load rows of owners, one person for each.",
        "Nobody answers for production of Plant 1 (P1). Load rows of owners, one person for each.",
    ]
    assert role_of(shown, "DP").holders[0].accountable == ""
    assert not any("gamma" in say(finding) for finding in duties_shown(asking("ana")).findings)


def test_the_data_gate_waits_until_each_is_filled_or_waived(
    opened: Callable[[Rows], None], act: Act, asking: Asking, tmp_path: Path
) -> None:
    opened(
        {
            "roles": [row for row in rows_of("roles") if row["person"] not in ("dora", "pia")],
            "patch_customers": [row for row in rows_of("patch_customers") if row["customer"] != "gamma"],
            "owners": [row for row in rows_of("owners") if row["figure"] != "sales"],
        }
    )
    act("olga", "freeze")
    with pytest.raises(GateClosedError) as refused:
        act("olga", "advance")
    said = "nobody is demand planner (the process owner); nobody manages Plant 1 (P1) (the process owner); customers "
    said += "lie in no patch: 1 (the process owner); nobody answers for sales of DA, DB (the process owner)"
    assert said in str(refused.value)
    open_ = [(one.code, one.subject) for one in cycle_bar(asking("olga")).open_points]
    assert open_ == [
        ("duty_unheld", "demand planner"), ("site_without_manager", "Plant 1 (P1)"), ("customers_unasked", "1"),
        ("figure_without_owner", "sales of DA, DB"),
    ]  # fmt: skip
    act("olga", "load", folder=tiny.write(tmp_path / "people", {"roles": tiny.tables()["roles"]}))
    act("olga", "waive", code="customers_unasked", subject="1", reason="gamma buys no more")
    act("olga", "waive", code="figure_without_owner", subject="sales of DA, DB", reason="Ines begins next month")
    act("olga", "freeze")
    act("olga", "advance")
    assert cycle_bar(asking("olga")).phase is Phase.DEMAND


def test_a_rehearsal_does_not_wait_for_people(opened: Callable[[Rows], None], plan: Plan, asking: Asking) -> None:
    opened({"roles": [row for row in rows_of("roles") if row["person"] != "dora"]})
    (cycle,) = plan.cycles.all()
    for purpose, codes in ((Purpose.LIVE, {"duty_unheld"}), (Purpose.REHEARSAL, set())):
        plan.purpose = purpose
        assert {one.code for one in open_blockers(asking("olga"), cycle)} - {"history_missing"} == codes


def test_several_leaders_each_have_their_team_and_one_the_company(
    opened: Callable[[Rows], None], asking: Asking
) -> None:
    team = {"role": "SM", "scope_kind": "organisation", "scope": "dora", **tiny.FOREVER}
    opened({"roles": [*rows_of("roles"), {"person": "dora", **team}]})
    shown = duties_shown(asking("dora"))
    assert [(one.place, one.accountable, one.mine) for one in role_of(shown, "SM").holders] == [
        ("", "Ines Duarte", False), ("team of Dora Lind", "Dora Lind", True),
    ]  # fmt: skip
    agreed = shown.signatures[0].holder
    assert (agreed.accountable, agreed.shared_with, agreed.mine) == ("Ines Duarte", ("Dora Lind",), True)


def test_what_a_plain_rule_settles_is_a_note(opened: Callable[[Rows], None], asking: Asking) -> None:
    no_end = {"scope_kind": "company", "scope": "*", **tiny.FOREVER}
    opened(
        {
            "roles": [
                *(row for row in rows_of("roles") if row["person"] != "ben"),
                {"person": "adam", "role": "SS", **no_end},
            ],
            "patch_owners": [row for row in rows_of("patch_owners") if row["patch"] == "Nord"],
        }
    )  # fmt: skip
    shown = duties_shown(asking("ines"))
    assert [one for one in told(shown, Severity.NOTE) if "division head" not in one] == [
        "Patches without a salesperson: South. Ines Duarte speaks for what lies there. " + PATCHES,
        "Adam Root and Sven Berg hold SS-1 to SS-7 together; Adam Root is accountable, as the first in the list. "
        + SHARED,
    ]
    assert told(shown, Severity.ATTENTION) == []
    (_, south) = role_of(shown, "SP").holders
    assert (south.accountable, south.instead, south.mine) == ("Ines Duarte", True, True)
    (supply,) = role_of(shown, "SS").holders
    assert (supply.accountable, supply.shared_with) == ("Adam Root", ("Sven Berg",))


def test_everybody_of_the_company_sees_it_and_nobody_else(opened: Callable[[Rows], None], asking: Asking) -> None:
    opened({})
    for person in tiny.PEOPLE:
        assert len(duties_shown(asking(person)).roles) == 10
    with pytest.raises(NobodyNamedError, match="Say who you are to see who does what: --as PERSON. Everybody of the"):
        duties_shown(asking(""))
    with pytest.raises(UnknownPersonError):
        duties_shown(asking("mallory"))


def test_my_month_tells_who_stands_in_within_a_month_and_the_table_also_later(
    opened: Callable[[Rows], None], asking: Asking
) -> None:
    away = {"person": "omar", "valid_from": dt.date(2026, 8, 1), "valid_to": dt.date(2026, 8, 15)}
    opened({"deputies": [{"deputy": "sven", **away}]})
    assert (my_month(asking("omar")).stood_in, my_month(asking("sven")).stands_in) == ((), ())
    assert role_of(duties_shown(asking("olga")), "OP").holders[0].deputies[0].name == "Sven Berg"
