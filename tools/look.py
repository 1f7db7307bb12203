"""Pictures of every page, per person, width and theme, of a OneNumber that runs in demo mode.

    python -m tools.look [--address http://127.0.0.1:8000] [--out tests/.out/look] [--person NAME ...]
    python -m tools.look --readme [--address ...]    # only the picture of the README, docs/images/family.png

Pages are found by following links: one page of each kind is taken, for each person of the sign-in page, and every sheet
of the last closed month. A page that does not answer 200 is named, and the command then ends with 1.
"""

import argparse
import os
import re
import sys
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page

from tools.chromium import chromium, path_of_chromium

SETTINGS = {"DJANGO_SETTINGS_MODULE": "onenumber.conf.settings", "ONENUMBER_SECRET_KEY": "addresses are read, no more"}
WIDTHS = (1440, 1024, 390)
HEIGHT = 900
THEMES = ("light", "dark")
MOST_KINDS = 200
TOLD_APART = ("layer", "which", "role")
"""Parts of an address that make a page one of a kind of its own; two customers' pages are of one kind."""
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "family.png"
WELL = 200
ALL_IMAGES = "Promise.all([...document.images].map(one => { one.loading = 'eager'; return one.decode(); }))"
"""Waits for what would come only once somebody scrolls to it."""
MONTH = re.compile(r".*/p/[^/]+/\d{4}-\d{2}/")
LINK = re.compile(r"""<a\b[^>]*\bhref="([^"]+)\"""")
KILO, MOST_KILOBYTES = 1000, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where to look, and where the pictures go."""

    address: str
    out: Path


def main() -> int:
    """Take the pictures; 1 if there is no browser, or a page did not answer as it should."""
    prepare()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("tests/.out/look"))
    parser.add_argument("--person", action="append", help="only these people, by the name on the sign-in page")
    parser.add_argument("--readme", action="store_true", help="only the picture that the README shows")
    given = parser.parse_args()
    if not path_of_chromium():
        print("There is no chromium here. Install it, for example: apt-get install chromium")
        return 1
    wanted = Wanted(address=given.address.rstrip("/"), out=given.out)
    with chromium() as browser:
        if given.readme:
            return _readme(browser, wanted)
        names = given.person or _people(browser, wanted)
        failed = [one for name in names for one in _look_as(browser, wanted, name)]
    for one in failed:
        print(one)
    return 1 if failed else 0


def prepare() -> None:
    """Let addresses be read: which page one belongs to, the product's own table of addresses tells."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    django.setup()


def _readme(browser: Browser, wanted: Wanted) -> int:
    """The whole of the fullest family page of the last closed cycle, as the first person of the page sees it."""
    page = browser.new_page(viewport={"width": WIDTHS[0], "height": HEIGHT}, color_scheme="light")
    page.goto(f"{wanted.address}/sign-in/")
    page.locator(".people button").first.click()
    page.wait_for_load_state()
    page.goto(f"{_months(page)[1]}family/")
    places = page.eval_on_selector_all("#place option", "options => options.map(option => option.value)")
    rows = {place: _rows_at(page, place) for place in places if place.startswith("family:")}
    page.goto(f"{page.url.partition('?')[0]}?place={max(rows, key=lambda place: rows[place])}")
    page.screenshot(path=PICTURE, full_page=True)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.name}: {size // KILO} KB, {page.url}")
    page.close()
    return 0 if size < MOST_KILOBYTES * KILO else 1


def _rows_at(page: Page, place: str) -> int:
    page.goto(f"{page.url.partition('?')[0]}?place={place}")
    return page.locator("table.figures td a").count()


def _people(browser: Browser, wanted: Wanted) -> list[str]:
    page = browser.new_page()
    page.goto(f"{wanted.address}/sign-in/")
    names = [text.strip() for text in page.locator(".people b").all_inner_texts()]
    for theme in THEMES:
        _set_theme(page.context, wanted, theme)
        page.reload()
        for width in WIDTHS:
            _picture(page, wanted.out / "stranger", "sign-in", width, theme)
    page.close()
    return names


def _look_as(browser: Browser, wanted: Wanted, name: str) -> list[str]:
    """Take a person's pages; those that did not answer 200."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": HEIGHT})
    page = context.new_page()
    page.goto(f"{wanted.address}/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()
    pages = {**kinds(page), **_closed_sheets(page)}
    failed = []
    for kind, link in pages.items():
        for theme in THEMES:
            _set_theme(context, wanted, theme)
            answer = page.goto(link)
            failed.append(fault(name, link, answer.status if answer is not None else 0))
            for width in WIDTHS:
                _picture(page, wanted.out / _file_name(name), kind, width, theme)
    print(f"{name}: {len(pages)} pages")
    context.close()
    return [one for one in failed if one]


def fault(name: str, link: str, status: int) -> str:
    """What is wrong with a page that was asked for; empty where it is there.

    Example:
        >>> fault("Eva", "/p/hydra/", 200), fault("Eva", "/p/hydra/", 500)
        ('', 'Eva: /p/hydra/ answered 500')
    """
    return "" if status == WELL else f"{name}: {link} answered {status}"


def _closed_sheets(page: Page) -> dict[str, str]:
    """The sheets of the last month that has gone through, by their names; none where no month has, or none is seen."""
    months = _months(page)
    if len(months) < 2:  # noqa: PLR2004 - the open month and the one before
        return {}
    page.goto(f"{months[1]}sheets/")
    links = page.eval_on_selector_all("table.flow th a", "links => links.map(link => [link.innerText, link.href])")
    return {f"closed-{_file_name(name)}": link for name, link in links}


def _months(page: Page) -> list[str]:
    """Where each month of the bar begins, the newest first; the page is one that leads to months."""
    page.goto(f"{page.url.partition('/p/')[0]}/")
    links = page.eval_on_selector_all(".bar details a[href*='/p/']", "links => links.map(link => link.href)")
    begin = [match[0] for link in links if (match := MONTH.match(link))]
    return list(dict.fromkeys(begin))


def _set_theme(context: BrowserContext, wanted: Wanted, theme: str) -> None:
    context.add_cookies([{"name": "theme", "value": theme, "url": wanted.address}])


def _picture(page: Page, folder: Path, kind: str, width: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.evaluate(ALL_IMAGES)
    page.screenshot(path=folder / f"{kind}-{width}-{theme}.png", full_page=True)


def kinds(page: Page, *, known: Collection[str] = ()) -> dict[str, str]:
    """One link of each kind of page that can be reached by following links from where the page is.

    Pages of a kind that is ``known`` are left out: neither told nor asked for what they link to.
    """
    found = {kind_of(page.url): page.url}
    ahead = list(found.values())
    while ahead and len(found) < MOST_KINDS:
        for link in _links(page, ahead.pop(0)):
            kind = kind_of(link)
            if kind and kind not in found and kind not in known:
                found[kind] = link
                ahead.append(link)
    return found


def _links(page: Page, address: str) -> list[str]:
    """Where the links of a page lead, by what is sent to who is signed in there: drawing it would cost the most."""
    answer = page.request.get(address)
    # Without the place within a page: going to it from the page itself asks the server nothing, and nothing answers.
    return [urldefrag(urljoin(answer.url, unescape(link))).url for link in LINK.findall(answer.text())]


def kind_of(link: str) -> str:
    """What kind of page an address is, by the name of its view; empty for what is none.

    Example:
        >>> kind_of("http://h/p/hydra/2026-06/sheets/7/"), kind_of("http://h/p/hydra/2026-06/family/?place=a&in=money")
        ('sheet', 'family-in-place')
        >>> kind_of("http://h/p/hydra/2026-06/meetings/supply/"), kind_of("http://h/p/hydra/2026-06/")
        ('meeting-supply', 'month')
        >>> kind_of("http://h/guide/"), kind_of("http://h/guide/op/")
        ('guides', 'guide-op')
        >>> kind_of("http://h/p/hydra/data/1/findings.csv"), kind_of("http://h/sign-in/"), kind_of("http://h/none/")
        ('', '', '')
    """
    parts = urlsplit(link)
    if not parts.path.startswith(("/p/", "/guide/")) or "." in parts.path.rsplit("/", 1)[-1]:
        return ""
    try:
        found = resolve(parts.path, "onenumber.web.urls")
    except Resolver404:
        return ""
    which = [value for name, value in found.kwargs.items() if name in TOLD_APART]
    return "-".join([str(found.url_name), *which, *sorted(parse_qs(parts.query))])


def _file_name(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


if __name__ == "__main__":
    sys.exit(main())
