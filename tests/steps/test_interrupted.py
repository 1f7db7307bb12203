"""What a step leaves when its process is killed, and what it makes when the world moves while it computes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from onenumber.errors import CannotSignError
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.submissions import states
from onenumber.steps.registry import STEPS
from onenumber.store.models import Cycle, Plan
from onenumber.store.plans import find_cycle, versions_of
from onenumber.store.versions import Versions
from tests import tiny
from tests.steps.month_for_tests import NOW, OVERTIME, PAPER, do, founded, to_executive, to_supply, version

TOP = Path(__file__).resolve().parents[2]
LOADS_THAT_DIE = (
    "load_dies_before_a_file_is_in_place",
    "load_dies_before_the_transaction",
    "load_dies_at_its_first_sheet",
    "load_dies_with_all_its_rows",
)
NOTHING = {"forecasts": [], "parents": 0, "audit": 0}


def test_a_process_killed_in_a_step_leaves_the_last_committed_state(transactional_db: None, tmp_path: Path) -> None:
    assert _killed(tmp_path, "start", "die_before_the_transaction") == [[0, None], [9, NOTHING]]
    files = sorted((tmp_path / "home").rglob("sheet.json"))
    assert _killed(tmp_path, "die_inside_the_transaction") == [[9, NOTHING]]
    assert sorted((tmp_path / "home").rglob("sheet.json")) == files  # written once, by the first that died
    made = {"forecasts": [["frozen", ""]], "parents": 2, "audit": 1}
    assert _killed(tmp_path, "forecast", "look") == [[0, NOTHING], [0, made]]


def test_a_load_killed_at_any_write_leaves_nothing_and_the_same_folder_loads_then_as_if_for_the_first_time(
    transactional_db: None, tmp_path: Path
) -> None:
    nothing = {"plans": [], "loads": [], "versions": 0, "people": 0, "audit": 0}
    landed = {"plans": ["tiny"], "loads": [["installer", True]], "versions": 2, "people": len(tiny.PEOPLE), "audit": 3}
    again = {**landed, "loads": [["installer", True], ["olga", False]]}
    last = "load_dies_with_all_its_rows"  # the folder is known by then: it has no sheet to write
    assert _killed(tmp_path, "prepare", *LOADS_THAT_DIE, "load_it", "load_it", last, "look_at_loads") == [
        [0, None], *([9, nothing] for _ in LOADS_THAT_DIE), [0, nothing], [0, landed], [9, again], [0, again],
    ]  # fmt: skip


def test_edits_at_every_part_of_a_load_wait_for_none_of_it_and_nothing_of_either_is_lost(
    transactional_db: None, tmp_path: Path
) -> None:
    done = _process("tests.steps.beside", tmp_path)
    parts = ["reading order_lines.parquet", "merging", "writing", "done"]
    assert done == {"through": parts, "edits": [1, 2, 3, 4, 5], "loads": [True, True]}


def _killed(folder: Path, *verbs: str) -> object:
    """How processes ended that each did a verb, and what each found before it."""
    return _process("tests.steps.killed", folder, *verbs)


def _process(module: str, folder: Path, *words: str) -> object:
    """What a process of its own says, on the database of this run (SQLite: a file, seen by both)."""
    settings = connection.settings_dict
    url = f"sqlite:///{folder / 'killed.sqlite3'}"
    if connection.vendor == "postgresql":
        server = "{HOST}:{PORT}".format(**settings)
        url = "postgres://{USER}:{PASSWORD}@".format(**settings) + f"{server}/{settings['NAME']}"
    paths = os.pathsep.join((str(TOP / "src"), str(TOP)))
    env = {
        **os.environ, "ONENUMBER_DATABASE_URL": url, "ONENUMBER_HOME": str(folder / "home"), "ONENUMBER_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "onenumber.conf.settings", "PYTHONPATH": paths,
    }  # fmt: skip
    command = [sys.executable, "-m", module, str(folder), *words]
    ended = subprocess.run(command, cwd=TOP, env=env, check=False, capture_output=True, text=True, timeout=120)
    sys.stderr.write(ended.stderr)  # what a fork said that ended otherwise than asked
    assert ended.returncode == 0
    return json.loads(ended.stdout)


class Meanwhile(Versions):
    """A store to which something happens after the step has computed and before it has written."""

    def __init__(self, root: Path, happens: Callable[[], object]) -> None:
        super().__init__(root)
        self._happens = [happens]

    def put(self, sheet: Sheet) -> str:
        """What happens, then the sheet."""
        while self._happens:
            self._happens.pop()()
        return super().put(sheet)


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    settings.ONENUMBER_HOME = tmp_path / "home"
    found = founded("moving", "live", tmp_path / "data")
    to_supply(found)
    return found


def test_a_layer_typed_in_meanwhile_makes_the_result_a_stale_draft(plan: Plan) -> None:
    do(plan, "olga", "reopen", phase="DEMAND", reason="the meeting went on")
    agreed = {"layer": "L5", "place": {"item": "A1"}, "mode": "add", "value": 6.0, "reason": "as said"}
    _during(plan, "dora", "agree", lambda: do(plan, "ines", "edit", **agreed))
    made = version(plan, SheetKind.CONSENSUS)
    assert (made.state, made.stale_because) == ("draft", "layer L5 was typed in meanwhile")
    with pytest.raises(CannotSignError) as refused:
        do(plan, "ines", "sign", verb="sign_demand")
    assert str(refused.value) == (
        "'demand agreed' cannot be signed: the sheet is stale, because layer L5 was typed in meanwhile; "
        "make it again first."
    )
    do(plan, "dora", "agree")
    again = version(plan, SheetKind.CONSENSUS)
    assert (again.stale_because, again.notes["units"]) == ("", made.notes["units"] + 6)


def test_a_patch_submitted_while_the_window_closes_is_not_defaulted(plan: Plan) -> None:
    do(plan, "olga", "reopen", phase="DEMAND", reason="ben has news")
    do(plan, "ines", "return", patch="South", note="what about the fair?")
    _during(plan, "ines", "collect", lambda: do(plan, "ben", "submit", patch="South"))
    assert version(plan, SheetKind.SALES_INPUT).stale_because == "a patch moved on meanwhile"
    assert states(find_cycle(plan))["South"] == "submitted"


def test_what_is_typed_after_the_consensus_cannot_be_signed_away(plan: Plan) -> None:
    do(plan, "sven", "plan")
    do(plan, "olga", "reopen", phase="DEMAND", reason="the meeting went on")
    do(plan, "dora", "edit", layer="L4", place={"item": "A1"}, mode="lock")
    assert version(plan, SheetKind.CONSENSUS).stale_because == ""  # a lock moves no figure
    do(plan, "dora", "edit", layer="L4", place={"item": "A2"}, mode="add", value=3.0)
    typed = "layer L4 was typed in after it"
    assert version(plan, SheetKind.CONSENSUS).stale_because == typed
    assert version(plan, SheetKind.SUPPLY_PLAN, "proposed").stale_because == typed
    assert version(plan, SheetKind.SALES_INPUT).stale_because == ""
    with pytest.raises(CannotSignError, match=typed):
        do(plan, "ines", "sign", verb="sign_demand")
    do(plan, "dora", "undo", layer="L4", sequence=2)
    do(plan, "dora", "agree")
    do(plan, "ines", "sign", verb="sign_demand")


def test_what_stands_on_an_older_version_is_stale_even_if_a_stale_draft_came_between(plan: Plan) -> None:
    do(plan, "olga", "reopen", phase="DEMAND", reason="ben has news")
    do(plan, "ines", "return", patch="South", note="what about the fair?")
    _during(plan, "ines", "collect", lambda: do(plan, "ben", "submit", patch="South"))
    assert version(plan, SheetKind.CONSENSUS).stale_because == ""  # it stands on the version before the draft
    do(plan, "ines", "return", patch="South", note="still no fair")
    do(plan, "ines", "collect")  # South is defaulted
    assert version(plan, SheetKind.CONSENSUS).stale_because == "sales input was made again"


def test_a_decision_taken_meanwhile_makes_the_final_plan_a_stale_draft(plan: Plan) -> None:
    to_executive(plan)
    _during(plan, "sven", "replan", lambda: do(plan, "eva", "decide", paper=PAPER, option=OVERTIME))
    assert version(plan, SheetKind.DECISION, "decided").stale_because == "something was decided meanwhile"
    assert version(plan, SheetKind.SUPPLY_PLAN, "final").stale_because == "decision became stale meanwhile"
    outcome = do(plan, "sven", "replan")
    assert outcome.figures["papers"] == 1
    assert version(plan, SheetKind.SUPPLY_PLAN, "final").stale_because == ""


def test_a_phase_that_ends_meanwhile_makes_the_result_a_stale_draft(plan: Plan) -> None:
    _during(plan, "sven", "plan", lambda: Cycle.objects.filter(plan=plan).update(phase="RECONCILE"))
    made = version(plan, SheetKind.SUPPLY_PLAN, "proposed")
    assert (made.state, made.stale_because) == ("draft", "the cycle left Supply meanwhile")


def _during(plan: Plan, person: str, step: str, happens: Callable[[], object]) -> None:
    """A step by a person; something happens while it computes."""
    context = make_context(plan, person=person, now=NOW)
    STEPS[step].run(replace(context, versions=Meanwhile(versions_of(plan)._root, happens)))
