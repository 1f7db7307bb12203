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

from onenumber.web.guide.pictures import SCALE, file_of

ROOT = Path(__file__).resolve().parents[2]
PICTURES, SAID = ROOT / "src/onenumber/web/static", ROOT / "tests/journeys/said"
ANEW = os.environ.get("PICTURES") == "anew"
WIDTH, HEIGHT, MARGIN, MOST_HIGH = 1100, 900, 16, 580
QUALITIES, HEAVIEST = (75, 65, 55, 45, 35), 60_000
CUT = """([high, margin, widest]) => {
  const main = document.querySelector("main").getBoundingClientRect(), rows = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_ALL);
  while (walk.nextNode()) {
    const node = walk.currentNode, text = node.nodeType === Node.TEXT_NODE, around = text ? node.parentElement : node;
    if (!(text ? node.data.trim() : around.matches?.("input, select, textarea, button, summary, svg, table"))) continue;
    if (around.closest(".unseen, option, svg svg") || (text && around.closest("svg"))) continue;
    if (!around.checkVisibility({visibilityProperty: true})) continue;  // a form that is closed has its place, unseen
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = text ? range.getBoundingClientRect() : around.getBoundingClientRect();
    const {top, bottom, right} = box, head = !!around.closest("h1, h2, h3, thead, th[scope=col], label");
    if (box.width) rows.push({top, bottom, right, head, whole: around.matches("table")});
  }
  const limit = main.top + high, bottom = Math.max(...rows.map(row => row.bottom)) + margin;
  const ends = rows.filter(row => !row.head).map(row => row.bottom + 5).filter(at => at <= limit).sort((a, b) => b - a);
  const whole = end => !rows.some(row => !row.whole && row.top < end && row.bottom > end);
  const end = bottom <= limit ? bottom : ends.find(whole) ?? limit;
  const right = Math.max(...rows.filter(row => row.top < end).map(row => row.right)) + margin + 4;
  return {x: 0, y: main.top, width: Math.min(Math.max(right, 560), widest), height: end - main.top};
}"""
"""Where a picture of a page ends: below and beside what stands there, else between two lines of it."""
ADDRESS = re.compile(r"^ *- /url: .*(\n|\Z)", flags=re.MULTILINE)
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
    """A picture of the content of a page from its top, as wide as what stands there and at most a screen high."""
    page.evaluate("document.documentElement.style.caretColor = 'transparent'; document.activeElement?.blur()")
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    cut = {**page.evaluate(CUT, [MOST_HIGH, MARGIN, WIDTH]), "scale": SCALE}
    session = page.context.new_cdp_session(page)
    for quality in QUALITIES:
        asked = {"format": "webp", "quality": quality, "clip": cut, "captureBeyondViewport": True}
        picture = base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
        if len(picture) < HEAVIEST:
            break
    session.detach()
    return picture


def _keep(name: str, picture: bytes, said: str) -> None:
    for file in (picture_file(name), text_file(name)):
        file.parent.mkdir(parents=True, exist_ok=True)
    picture_file(name).write_bytes(picture)
    text_file(name).write_text(mark_of(picture) + said, encoding="utf-8")
