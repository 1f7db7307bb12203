"""What waits for each role at its own stop, on the model company as it is opened and played on by its clock."""

import pytest

from tests.threads.lived import ON_THE_LIVED_COMPANY, Lived

pytestmark = ON_THE_LIVED_COMPANY
AT_LEAST = {
    "solberg": 3,  # EX, executive meeting: two papers, budget lines, her signature
    "raman": 3,  # SM, cut-off: six patches, the sales input
    "chen": 3,  # DP, consensus: news, the consensus, and what she stands in for
    "moreau": 3,  # SS, once her plan is made: its shortages
    "mikkelsen": 2,  # PM of Odense: the two figures of May that nobody answered for; the plan is not hers to answer yet
    "mensah": 1,  # SP, day 4: the patch; customers' news and orders do not wait for anybody yet
    "demir": 1,
    "pohl": 1,  # OP, supply meeting: one signature; what is short is the supply planner's
    "brandt": 1,  # FIN, reconcile: the review; budget lines are the executive's
    "williams": 1,  # OWN, reconcile: the papers; at the other gates the end of the phase
    "amann": 0,  # PM of Ravensburg, DH: May was kept, or answered for
    "weidmann": 0,
}
"""Things that wait for a person at her own stop. Three are wanted for everybody; why it is fewer stands beside."""


@pytest.mark.parametrize("person", AT_LEAST)
def test_a_role_finds_what_waits_at_its_own_stop(lived: Lived, person: str) -> None:
    assert sum(wait.count for wait in lived.waits[person]) >= AT_LEAST[person]


def test_the_clock_stopped_for_each_on_the_day_of_her_own(lived: Lived) -> None:
    days = {person: {str(wait.day) for wait in lived.waits[person]} for person in AT_LEAST}
    assert days["mensah"] == {"2026-06-05"}  # the cut-off
    assert days["raman"] == {"2026-06-08"}
    assert days["moreau"] == {"2026-06-12"}
    assert days["pohl"] == {"2026-06-15"}  # the supply meeting
    assert days["brandt"] == days["williams"] == {"2026-06-17"}
    assert days["solberg"] == {"2026-06-23"}  # the executive meeting
