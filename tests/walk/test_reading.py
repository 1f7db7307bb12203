"""Nobody is shown what is not hers to read: every page, file, message and command, as everybody, against the design.

What a page shows is told from what it hides in two ways. Words that stand in one text only must not stand where they
are not somebody's. And every figure beyond a person is moved: what she is shown must stay as it was.
"""

from pathlib import Path

import pytest

from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import make_context
from onenumber.store.models import DigestRow, MonthLook
from onenumber.web.urls import urlpatterns
from tests.standing import _rows
from tests.steps.month_for_tests import NOW, sheet
from tests.walk.addresses import addresses, browser, shape_of, words_asked
from tests.walk.altered import alter
from tests.walk.company import OUTSIDER, everybody
from tests.walk.conftest import At
from tests.walk.oracle import NOBODY, PARTS, PLANNERS, SKILL, may_read, rows_read, words
from tests.walk.shown import commands, pages

WRITES = {"sign_in_demo", "sign_out", "load_cancel", "do", "do_in_plan", "job_cancel", "job_again"}
"""Addresses that only take what is sent (tests/walk/test_doors.py)."""
OF_NO_PLAN = {"guide", "guides", "home", "healthz", "sign_in", "choose_password", "change_password"}
IN_A_BODY = {"edits", "undo", "hand_in", "seen", "rest", "reason", "figure", "percent", "low", "high", "back"}
"""Words that readers find in what is sent, never in an address."""
MOVES = {MonthLook: "a look", DigestRow: "a message that was read"}
"""Rows that a look moves, and nothing else does it."""
RESTS_ON_ALL = ("orders",)
"""When an order can leave rests on everybody's orders, stock and purchases: her own line says it all the same."""
MOVED_FOR = ("ana", "dea", "dirk", "pia")
"""One of each role that reads a part, and a deputy; the others are looked at by words, in the sales window too."""
FOR_EVERYBODY = {"who", "who_file", "month", "messages", "search", "loads", "sheets"}
"""Pages that open to who reads nothing, without anything of the plan in them."""
HERS = {"adam": {"logins"}}
"""Who lets people in sees who can sign in."""
MOVED_FOR_WHO_PLANS = {
    "adherence", "bench", "budget", "conflicts", "customer", "decisions", "executive", "family", "flow", "line_load",
    "materials", "month", "orders", "pack", "plan_cells", "plants", "running", "sheet", "sheets", "team",
}  # fmt: skip
KNOWN: dict[str, list[str]] = {}
ONCE = pytest.mark.sqlite
"""Whose a figure or a word is, is asked of rows that were read, whatever read them. That every page, file and command
answers on the other database, too, is seen by the walks without this mark."""


def _addresses(at: At, phase: str) -> list[str]:
    """The addresses of a phase, found once in a run."""
    plan = at(phase)
    if phase not in KNOWN:
        KNOWN[phase] = addresses(plan)
    return KNOWN[phase]


def _short(found: list[str]) -> list[str]:
    """One address of each page, and every job."""
    return list({one if "/jobs/" in one else shape_of(one)[0]: one for one in found}.values())


def _leaks(shown: dict[str, str], person: str) -> set[tuple[str, str]]:
    foreign = [word for word in words() if not may_read(word, person)]
    return {(address, word) for address, text in shown.items() for word in foreign if word in text}


def test_every_page_is_walked_with_every_word_that_it_reads(at: At) -> None:
    found = [shape_of(one) for one in _addresses(at, "record")]
    assert {one.name for one in urlpatterns} - {name for name, *_ in found} - WRITES == OF_NO_PLAN
    assert words_asked() - {word for _, *asked in found for word in asked} <= IN_A_BODY
    silent = {name for name, *_ in found} - _answered(_addresses(at, "record"))
    assert silent <= {"news_form", "what_if"}  # which wait for the sales window


def test_what_waits_for_the_sales_window_answers_in_it(at: At) -> None:
    found = [one for one in _addresses(at, "window") if shape_of(one)[0] in ("news_form", "what_if")]
    assert _answered(found) == {"news_form", "what_if"}


def _answered(found: list[str]) -> set[str]:
    """The pages that answer somebody who plans or sells."""
    names: set[str] = set()
    for client in map(browser, ("dora", "ana", "olga", "eva", "ines", "adam")):
        for address in found:
            if shape_of(address)[0] not in names and client.get(address).status_code in (200, 302):
                names.add(shape_of(address)[0])
    return names


def test_each_class_of_figure_is_read_over_the_rows_that_the_design_says(at: At) -> None:
    plan = at("window")
    axis = sheet(plan, SheetKind.HISTORY).cube("demand").axis
    streams = [dict(zip(axis.attributes, row, strict=True)) for row in zip(*axis.attributes.values(), strict=True)]
    for person in everybody():
        actor = make_context(plan, person=person, now=NOW).actor
        for figure in Figure:
            assert mask(actor, figure, axis=axis).tolist() == rows_read(figure.value, person, streams), (person, figure)


@ONCE
@pytest.mark.parametrize("person", MOVED_FOR)
def test_who_reads_a_part_is_shown_no_figure_and_no_word_beyond_it(at: At, person: str, tmp_path: Path) -> None:
    found = _addresses(at, "record")
    found = found if person == "ana" else _short(found)
    plan, client = at("record"), browser(person)
    shown = pages(client, found) | commands(plan, person, tmp_path / "out")
    assert _leaks(shown, person) == set()
    alter(plan, PARTS[person])
    after = pages(client, found) | commands(plan, person, tmp_path / "out")
    moved = {address for address, text in shown.items() if text != after[address]}
    assert {address for address in moved if shape_of(address)[:1] != RESTS_ON_ALL} == set()


@ONCE
def test_what_is_moved_moves_for_who_reads_it(at: At, tmp_path: Path) -> None:
    found = _short(_addresses(at, "record"))
    plan, client = at("record"), browser("dora")
    shown = pages(client, found) | commands(plan, "dora", tmp_path / "out")
    alter(plan, None)
    after = pages(client, found) | commands(plan, "dora", tmp_path / "out")
    moved = {
        shape_of(address)[0] if address[0] == "/" else address
        for address, text in shown.items()
        if text != after[address]
    }
    assert moved >= MOVED_FOR_WHO_PLANS


@ONCE
@pytest.mark.parametrize("phase", ["window", "record"])
@pytest.mark.parametrize("person", [one for one in PARTS if one not in MOVED_FOR])
def test_nobody_is_told_what_others_said_and_no_look_writes(at: At, person: str, phase: str, tmp_path: Path) -> None:
    found = _short(_addresses(at, phase))
    plan, client = at(phase), browser(person)
    before = _rows()
    shown = pages(client, found) | commands(plan, person, tmp_path / "out")
    assert {model for model, rows in _rows().items() if rows != before[model]} <= set(MOVES)
    assert _leaks(shown, person) == set()


@ONCE
@pytest.mark.parametrize("person", NOBODY)
def test_who_reads_nothing_is_shown_nothing_of_the_plan_of_record(at: At, person: str, tmp_path: Path) -> None:
    found = _addresses(at, "record")
    plan, client = at("record"), browser(person)
    shown = pages(client, found) | commands(plan, person, tmp_path / "out")
    assert _leaks(shown, person) == set()
    assert {shape_of(one)[0] for one, text in shown.items() if one[0] == "/" and text[:3] == "200"} == (
        FOR_EVERYBODY | HERS.get(person, set())
    )


@ONCE
@pytest.mark.parametrize("person", PLANNERS)
def test_who_plans_the_company_is_shown_no_brief_and_no_job_that_is_not_hers(
    at: At, person: str, tmp_path: Path
) -> None:
    found = _short(_addresses(at, "record"))
    plan, client = at("record"), browser(person)
    assert _leaks(pages(client, found) | commands(plan, person, tmp_path / "out"), person) == set()


@pytest.mark.parametrize("person", SKILL)
def test_a_persons_skill_is_hers_her_managers_the_planners_and_the_process_owners(at: At, person: str) -> None:
    plan = at("window")
    page = f"/p/{plan.key}/2026-05/team/{person}/"
    assert {one for one in everybody() if browser(one).get(page).status_code == 200} == SKILL[person]


def test_what_is_somebodys_reaches_whom_it_is_for(at: At, tmp_path: Path) -> None:
    found = _short(_addresses(at, "record"))
    plan = at("record")
    heard = {
        p: "".join((pages(browser(p), found) | commands(plan, p, tmp_path / "out")).values())
        for p in ("olga", "ben", "eva")
    }
    assert [word for word in words() if not any(word in text for text in heard.values())] == []


@ONCE
@pytest.mark.parametrize("person", ["", OUTSIDER])
def test_who_is_of_no_plan_or_of_another_finds_no_page_of_this_one(at: At, person: str) -> None:
    found = _addresses(at, "record")
    at("record")
    shown = pages(browser(person), found)
    assert {text[:3] for text in shown.values()} == ({"404"} if person else {"302"})
    assert {(address, word) for address, text in shown.items() for word in words() if word in text} == set()
