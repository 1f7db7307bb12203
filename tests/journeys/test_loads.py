import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_file_is_loaded_and_its_progress_is_seen_and_it_can_be_cancelled(omar: Page, tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("item,name\nA,Pump\n")
    omar.goto("/p/hydra/data/")
    omar.get_by_label("Files to load").set_input_files(tmp_path / "items.csv")
    omar.get_by_role("button", name="Load", exact=True).click()
    said = "41\u202f200 of 119\u202f408 parts are through. You may leave this page."
    expect(omar.get_by_role("status")).to_have_text(said)
    omar.get_by_role("button", name="Cancel the load").click()
    expect(omar.get_by_role("status")).to_have_text("The load was cancelled. Nothing of it was kept.")


def test_nothing_chosen_is_said_beside_the_form(omar: Page) -> None:
    omar.goto("/p/hydra/data/")
    omar.get_by_role("button", name="Load", exact=True).click()
    expect(omar.get_by_role("alert")).to_contain_text("Choose at least one file")


def test_findings_say_where_what_and_what_to_do(omar: Page) -> None:
    omar.goto("/p/hydra/data/1/")
    row = omar.get_by_role("region", name="Findings, line by line").locator("tbody tr").first
    expect(row).to_contain_text("prices.csv")
    expect(row).to_contain_text("214")
    expect(row).to_contain_text("'12,5o' is not a number.")
    expect(row).to_contain_text("Write digits with a point or a comma, without a unit.")


def test_two_files_of_one_name_are_told_apart_before_anything_is_sent_on(omar: Page, tmp_path: Path) -> None:
    omar.goto("/p/hydra/data/")
    twice = [{"name": "items.csv", "mimeType": "text/csv", "buffer": text} for text in (b"item\nA\n", b"item\nB\n")]
    omar.get_by_label("Files to load").set_input_files(twice)
    omar.get_by_role("button", name="Load", exact=True).click()
    expect(omar.get_by_role("alert")).to_contain_text("Several of the files are called items.csv.")
    expect(omar).to_have_url(re.compile("/p/hydra/data/$"))


def test_findings_are_counted_beside_their_rows_and_a_file_that_was_not_read_is_not_called_loaded(omar: Page) -> None:
    omar.goto("/p/hydra/data/1/")
    groups = omar.get_by_role("table").first.locator("tbody tr")
    expect(groups.nth(0).get_by_role("cell")).to_contain_text(["3", "2", "12,5o", "Write digits", "not loaded"])
    expect(groups.nth(1).get_by_role("cell")).to_contain_text(["1", "–", "ordr_lines.csv", "Did you", "file not read"])


def test_returns_are_shown_apart_from_the_findings(omar: Page) -> None:
    omar.goto("/p/hydra/data/1/")
    expect(omar.get_by_role("heading", name="Kept apart, not an error")).to_be_visible()
    expect(omar.get_by_role("listitem").filter(has_text="Returns among")).to_contain_text(
        "48, 1\N{NARROW NO-BREAK SPACE}210 pcs in all"
    )
