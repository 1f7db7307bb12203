"""Who does what: each duty is done with rights that its role has, and every right is somebody's duty."""

import pytest

from onenumber.cycle.calendar import MILESTONES
from onenumber.cycle.dues import SIGNED_BY
from onenumber.cycle.signatures import RULES
from onenumber.model.contract.people import ROLES as EVERY_ROLE
from onenumber.rights.duties import DUTIES, ROLES, Duty
from onenumber.rights.table import READ, WRITE

AT_ANY_TIME = {"keep_logins"}
"""The administrator's, who has no day in the month."""
SIX = {"EX": 3, "SM": 3, "DP": 5, "SP": 4, "OP": 5, "SS": 7}


@pytest.mark.parametrize("duty", DUTIES.values(), ids=lambda duty: duty.code)
def test_a_duty_is_done_with_rights_that_its_role_has(duty: Duty) -> None:
    assert all(duty.role in WRITE[verb].roles for verb in duty.verbs)
    assert all(duty.role in READ[figure] for figure in duty.reads)
    assert duty.verbs or duty.reads
    assert duty.until in MILESTONES


def test_every_right_to_write_is_somebodys_duty_in_each_role_that_has_it_alone() -> None:
    of_duties = {(duty.role, verb) for duty in DUTIES.values() for verb in duty.verbs}
    assert {verb for _, verb in of_duties} == set(WRITE) - AT_ANY_TIME
    alone = {(next(iter(right.roles)), verb) for verb, right in WRITE.items() if len(right.roles) == 1}
    assert {one for one in alone if one[1] not in AT_ANY_TIME} <= of_duties


def test_the_six_roles_have_their_twenty_seven_duties() -> None:
    counted = {role: sum(duty.role == role for duty in DUTIES.values()) for role in SIX}
    assert counted == SIX
    assert sum(counted.values()) == 27
    assert list(ROLES[:6]) == list(SIX)


def test_only_the_administrator_has_no_duty() -> None:
    assert set(EVERY_ROLE) - set(ROLES) == {"ADM"}


def test_every_signature_has_its_day_and_is_a_duty_of_who_gives_it() -> None:
    assert set(SIGNED_BY) == {rule.verb for rule in RULES}
    assert set(SIGNED_BY.values()) <= set(MILESTONES)
    for rule in RULES:
        assert any(rule.verb in duty.verbs for duty in DUTIES.values() if duty.role == rule.role)
