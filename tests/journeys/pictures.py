"""The pictures of the guides, taken by journeys; what a picture says is kept beside it, so that it cannot go stale.

A journey calls ``picture(page, "sp-entry")`` where the guide shows the page. As a rule what the page says there is held
against what it said when the picture was taken; with ``PICTURES=anew`` (`make guide`) both are taken anew.
"""

import base64
import difflib
import hashlib
import os
import re
from pathlib import Path

from playwright.sync_api import Page

from onenumber.web.guide.pictures import file_of

ROOT = Path(__file__).resolve().parents[2]
PICTURES, SAID = ROOT / "src/onenumber/web/static", ROOT / "tests/journeys/said"
ANEW = os.environ.get("PICTURES") == "anew"
WIDTH, HEIGHT, MARGIN, MOST_HIGH = 1100, 900, 12, 760
QUALITY = 62
ADDRESS = re.compile(r"^ *- /url: .*\n", flags=re.MULTILINE)
HASH = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{10,64}\b")


def text_file(name: str) -> Path:
    """Where what a picture says is kept."""
    return SAID / f"{name}.txt"


def picture_file(name: str) -> Path:
    """Where a picture is kept."""
    return PICTURES / file_of(name)


def mark_of(picture: bytes) -> str:
    """A picture by its content: the first line of its text, so that neither changes without the other."""
    return f"picture {hashlib.sha256(picture).hexdigest()[:16]}\n"


def look(page: Page, name: str) -> str:
    """Hold a page against its picture, or take the picture anew; what is wrong, empty where nothing is."""
    before = page.viewport_size
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    said = normalised(page.locator("main").aria_snapshot())
    if ANEW:
        _keep(name, taken(page), said)
    found = "" if ANEW else difference(name, said)
    if before is not None:
        page.set_viewport_size(before)
    return found


def normalised(snapshot: str) -> str:
    """What a page says without what differs from run to run: addresses with their numbers, hashes."""
    return HASH.sub("(hash)", ADDRESS.sub("", snapshot)).replace("\u202f", " ").rstrip() + "\n"


def difference(name: str, said: str) -> str:
    """What the page says now and did not on the picture, and the other way, with what to do."""
    kept = text_file(name).read_text(encoding="utf-8").partition("\n")[2] if text_file(name).exists() else ""
    if kept == said:
        return ""
    lines = difflib.unified_diff(
        kept.splitlines(), said.splitlines(), "on the picture", "on the page", lineterm="", n=1
    )
    return f"The picture {name} of a guide is stale, run make guide and look at it:\n" + "\n".join(lines)


def taken(page: Page) -> bytes:
    """A picture of the content of a page from its top, at most a screen high, as the eye rests on it."""
    page.evaluate("document.documentElement.style.caretColor = 'transparent'; document.activeElement?.blur()")
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("main").bounding_box()
    assert box is not None
    high = page.evaluate("document.querySelector('main').lastElementChild.getBoundingClientRect().bottom")
    end = min(box["y"] + box["height"], high + MARGIN)
    cut = {"x": 0, "y": box["y"], "width": WIDTH, "height": min(end - box["y"], MOST_HIGH), "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "clip": cut, "captureBeyondViewport": True}
    session = page.context.new_cdp_session(page)
    answer = session.send("Page.captureScreenshot", asked)
    session.detach()
    return base64.b64decode(answer["data"])


def _keep(name: str, picture: bytes, said: str) -> None:
    for file in (picture_file(name), text_file(name)):
        file.parent.mkdir(parents=True, exist_ok=True)
    picture_file(name).write_bytes(picture)
    text_file(name).write_text(mark_of(picture) + said, encoding="utf-8")
