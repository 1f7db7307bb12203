"""The navigation: sections, their pages, and who finds them."""

import re

from django.test import Client

from onenumber.web.frame.nav import PAGES, SECTIONS


def test_every_page_stands_in_a_section_and_no_letter_leads_to_two() -> None:
    keys = [page.key for page in PAGES if page.key]
    assert {page.section for page in PAGES} <= set(SECTIONS)
    assert len(keys) == len(set(keys))


def test_only_the_pages_of_the_current_section_stand_in_the_second_row(signed_in: Client) -> None:
    text = signed_in.get("/p/hydra/2026-06/who/").content.decode()
    shown = re.findall(r'<nav class="pages" aria-label="([^"]+)">', text)
    assert shown == ["Data"]
    assert 'aria-current="page">Who does what</a>' in text
