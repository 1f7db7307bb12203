"""Every duty of the six roles, and each way in which a month goes wrong, is done by a person in the browser."""

import ast
from collections.abc import Iterator

from onenumber.rights.duties import DUTIES
from tests.house.registry import ROOT

SIX = ("EX", "SM", "DP", "SP", "OP", "SS")
BAD_MONTHS = {
    "a": "late: default, tick, change request",
    "b": "absent: deputy, superior",
    "c": "re-opened after a signature",
    "d": "orders since the freeze",
    "e": "the executive says no",
    "f": "the plant cannot",
    "g": "an emergency between meetings",
}


def _marks(name: str) -> Iterator[str]:
    """What the journeys are marked with, ``@pytest.mark.<name>("...")``."""
    for path in sorted((ROOT / "tests" / "journeys").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == f"pytest.mark.{name}":
                yield from map(ast.literal_eval, node.args)


def test_every_duty_of_the_six_roles_is_done_in_the_browser_and_no_other_is_named() -> None:
    wanted = [code for code, duty in DUTIES.items() if duty.role in SIX]
    assert len(wanted) == 27
    marked = set(_marks("duty"))
    assert [code for code in wanted if code not in marked] == []
    assert sorted(marked - set(DUTIES)) == []


def test_each_way_in_which_a_month_goes_wrong_is_gone_through_in_the_browser() -> None:
    assert sorted(set(_marks("bad_month"))) == sorted(BAD_MONTHS)
