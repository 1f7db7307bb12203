"""The documentation is whole: links lead somewhere, decisions have all their parts, the tour names every room."""

import re
from pathlib import Path

import pytest

from onenumber.cli.app import MONTH
from onenumber.steps.registry import STEPS
from tests.house.registry import CONFIGURED, ROOMS, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_all_its_parts(page: Path) -> None:
    text = page.read_text()
    assert text.startswith(f"# {page.name[:4]} ")
    parts = re.findall(r"^\*\*(\w+)\b", text, flags=re.MULTILINE)
    assert [p for p in parts if p != "Note"] == ["Context", "Decision", "Measured", "Consequences", "Alternatives"]
    assert len(text.splitlines()) <= 45


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    index = (ROOT / "docs" / "adr" / "README.md").read_text()
    for page in DECISIONS:
        title = page.read_text().splitlines()[0].removeprefix(f"# {page.name[:4]} ")
        assert f"- [{page.name[:4]}]({page.name}) {title}\n" in index


def test_conventions_are_numbered_without_gaps() -> None:
    numbers = re.findall(r"^- \*\*C(\d+)\*\*", (ROOT / "docs" / "conventions.md").read_text(), flags=re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


def test_the_tour_names_every_room_and_the_import_law_as_it_is_checked() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text()
    assert [room for room in ROOMS if f"`{room}`" not in tour] == []
    layers = CONFIGURED["tool"]["importlinter"]["contracts"][0]["layers"]
    said = re.search(r"import law\*\* is one line: (.*?)\. A room", tour, flags=re.DOTALL)
    assert said is not None
    assert [part.strip(" `").replace("\n", " ") for part in said[1].split(">")] == layers


def test_the_readme_names_only_targets_that_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), flags=re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_name_only_commands_that_are_there(page: Path) -> None:
    named = re.findall(r"(?:`|^)onenumber ([a-z]+(?:-[a-z]+)*)", page.read_text(), flags=re.MULTILINE)
    assert [name for name in named if name not in MONTH] == []


def test_the_tour_names_only_places_that_are_there() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text()
    named = [name for name in re.findall(r"`([a-z_]+/[a-z_/.]+)`", tour) if not name.startswith("src/")]
    assert len(named) > 15
    assert [name for name in named if not (ROOT / "src/onenumber" / name).exists() and not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "docs/tour.md"])
def test_the_table_of_the_month_names_every_step_of_a_phase(page: str) -> None:
    text = (ROOT / page).read_text()
    table = text[text.index("What a month looks like") :] if page == "README.md" else text[text.index("| phase |") :]
    named = re.findall(r"[a-z-]+", table.partition("\n\nE")[0])
    always = {name for name, step in STEPS.items() if step.phase is None}
    assert [name for name in STEPS if name not in always and name not in named] == []


def test_every_thread_of_the_model_company_names_logins() -> None:
    page = (ROOT / "docs" / "model-company.md").read_text()
    table = [line.split("|")[2].strip() for line in page.splitlines() if line.startswith("|")][2:]
    assert [roles for roles in table if "[" not in roles and roles != "demand planner"] == []


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {CONFIGURED['project']['version']} " in (ROOT / "CHANGELOG.md").read_text()


def test_markers_are_documented() -> None:
    markers = [line.split(":")[0] for line in CONFIGURED["tool"]["pytest"]["ini_options"]["markers"]]
    page = (ROOT / "CONTRIBUTING.md").read_text()
    assert [marker for marker in markers if f"| `{marker}` |" not in page] == []


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "images").glob("*.png")), ids=lambda picture: picture.stem)
def test_a_picture_shows_a_whole_page_and_is_small(picture: Path) -> None:
    kept = picture.read_bytes()
    width, height = (int.from_bytes(kept[start : start + 4]) for start in (16, 20))  # of the PNG header
    assert width == 1440
    assert height > 1200  # a family page with its rows down to service
    assert len(kept) < 300_000
