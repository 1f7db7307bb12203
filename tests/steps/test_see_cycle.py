"""What the cycle bar says is open: in names, and owed by whose turn it is."""

from collections.abc import Callable

from onenumber.steps.frame.context import Context
from onenumber.steps.see.cycle import OpenPoint, cycle_bar
from tests.steps.conftest import Act

Asking = Callable[[str], Context]


def patches(context: Context) -> list[OpenPoint]:
    return [one for one in cycle_bar(context).open_points if one.code == "patch_open"]


def test_a_patch_is_owed_by_its_owner_and_once_submitted_by_her_leader(
    in_demand: None, act: Act, asking: Asking
) -> None:
    nord, south = patches(asking("omar"))
    assert (nord.subject, nord.name, nord.role, nord.people) == ("Nord", "Nord", "SP", ("Ana Ruiz",))
    assert (south.role, south.people) == ("SP", ("Ben Osei",))
    act("ana", "submit", patch="Nord")
    nord, south = patches(asking("omar"))
    assert (nord.said, nord.role, nord.people) == ("patch_submitted", "SM", ("Ines Duarte",))
    assert (south.said, south.role) == ("patch_unsubmitted", "SP")
    act("ines", "accept", patch="Nord")
    assert [one.subject for one in patches(asking("omar"))] == ["South"]


def test_each_person_finds_her_own_patches_waiting(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "submit", patch="Nord")
    mine = {p: [one.subject for one in patches(asking(p)) if one.mine] for p in ("ana", "ben", "ines", "omar")}
    assert mine == {"ana": [], "ben": ["South"], "ines": ["Nord"], "omar": []}
