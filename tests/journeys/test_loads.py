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
