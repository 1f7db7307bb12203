"""Every role has a guide, and its pictures are those that journeys take: none more, none less, none changed alone."""

import ast
from collections import Counter
from collections.abc import Iterator

import pytest

from onenumber.model.contract.people import ROLES
from onenumber.rights.duties import DUTIES
from onenumber.web.guide.all import GUIDES
from onenumber.web.guide.dues import dues_of
from onenumber.web.guide.model import Guide
from onenumber.web.guide.pictures import size_in
from tests.house.registry import calls
from tests.journeys.pictures import HEAVIEST, PICTURES, SAID, difference, mark_of, normalised, picture_file, text_file
from tools.source import tracked

SHOWN = [name for guide in GUIDES.values() for name in guide.pictures]
FEWEST_STEPS, MOST_STEPS = 5, 8


def taken() -> Iterator[str]:
    """The name of every picture that a journey takes."""
    for source in tracked():
        if source.path.startswith("tests/journeys/test_"):
            for name, call in calls(source):
                if name == "picture" and len(call.args) == 2:
                    assert isinstance(call.args[1], ast.Constant), f"{source.path}: a picture is named in words"
                    yield str(call.args[1].value)


def test_every_role_has_a_guide() -> None:
    assert set(GUIDES) == set(ROLES)


def test_every_picture_that_a_guide_shows_is_taken_by_one_journey_and_every_one_taken_is_shown() -> None:
    assert Counter(taken()) == Counter(SHOWN)
    assert max(Counter(SHOWN).values()) == 1


def test_no_picture_and_no_text_lies_there_unused() -> None:
    assert sorted(file.stem for file in (PICTURES / "guide").iterdir()) == sorted(SHOWN)
    assert sorted(file.stem for file in SAID.iterdir()) == sorted(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_was_taken_with_its_text_and_is_small(name: str) -> None:
    picture = picture_file(name).read_bytes()
    assert text_file(name).read_text().startswith(mark_of(picture)), "one was changed alone: run make guide"
    assert len(picture) < HEAVIEST
    assert 700 <= size_in(picture).width <= 1440


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_a_guide_is_of_one_page(guide: Guide) -> None:
    assert FEWEST_STEPS <= len(guide.steps) <= MOST_STEPS
    assert 2 <= len(guide.pictures) <= 4
    assert 3 <= len(guide.troubles) <= 5
    assert all(str(step.how).count(". ") < 3 for step in guide.steps)
    assert sum(picture_file(name).stat().st_size for name in guide.pictures) < 200_000


def test_what_is_waited_for_is_every_duty_of_the_role() -> None:
    said = {code for role in GUIDES for due in dues_of(role) for code, _ in due.hers if code}
    assert said == set(DUTIES)


def test_a_page_that_says_something_else_is_told_with_its_line_and_the_way_out() -> None:
    kept = text_file("sp-entry").read_text().partition("\n")[2]
    assert difference("sp-entry", kept) == ""
    said = difference("sp-entry", kept.replace("My customers", "Your customers"))
    assert said.startswith("The picture sp-entry of a guide is stale, run make guide and look at it:\n")
    assert '+  - heading "Your customers' in said
    assert "run make guide" in difference("of-nobody", kept)


def test_numbers_of_rows_and_hashes_are_not_what_a_page_says() -> None:
    snapshot = (
        '- link "Forecast 1":\n  - /url: /p/tight/2026-05/sheets/17/\n- text: made as 3d364ef6c2d9\u202f12 of 2026-05'
    )
    assert normalised(snapshot) == '- link "Forecast 1":\n- text: made as (hash) 12 of 2026-05\n'
