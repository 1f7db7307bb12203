"""What holds for every page: nothing serious for axe, nothing that moves after it is drawn, nothing too heavy."""

import gzip
import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
HEAVIEST = 300_000
PAGES = [
    "/sign-in/",
    "/p/hydra/2026-06/",
    "/p/hydra/2026-06/sheets/",
    "/p/hydra/2026-06/sheets/3/",
    "/p/hydra/2026-06/sheets/7/",
    "/p/hydra/2026-06/family/",
    "/p/hydra/2026-06/family/?row=inventory&column=2026-08",
    "/p/hydra/2026-06/plan/L4/",
    "/p/hydra/2026-06/search/?q=pump",
    "/p/hydra/2026-06/who/",
    "/p/hydra/2026-06/load/?line=P2&month=2026-07",
    "/p/hydra/2026-06/meetings/supply/",
    "/guide/",
    "/guide/op/",
    "/p/hydra/data/",
    "/p/hydra/data/1/",
]
RUN_AXE = """only => axe.run({resultTypes: ["violations"], ...(only.length ? {runOnly: only} : {})}).then(found => ({
  looked: found.passes.length,
  serious: found.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(
    one => [one.id, one.help, ...one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))].join(" ")),
}))"""
"""All that it finds, every element of a page under every rule, takes longer to be told than to be found."""
LOOKED_AT = 10
SHIFT = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) total += one.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(total), 300);
})"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def axe_is_here() -> None:
    """Fail in CI, and leave the test out elsewhere, where axe was not installed."""
    if not AXE.exists():
        message = "axe-core is not here: run npm ci in frontend"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def axe(page: Page, *only: str) -> list[str]:
    """What axe finds serious on a page, by all rules or ``only`` some; that it looked at nothing is serious, too."""
    page.evaluate(AXE.read_text())
    result = page.evaluate(RUN_AXE, list(only))
    enough = len(only) or LOOKED_AT + 1
    return [*result["serious"], *([] if result["looked"] >= enough else ["axe looked at nothing"])]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(omar: Page, theme: str) -> None:
    axe_is_here()
    omar.context.add_cookies([{"name": "theme", "value": theme, "url": omar.url}])
    found = {}
    for address in PAGES:
        omar.goto(address)
        if omar.locator("plan-grid").count():
            omar.wait_for_selector(".slick-row")
        if serious := axe(omar):
            found[address] = serious
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_moves_and_nothing_is_wider_than_the_window(omar: Page, width: int) -> None:
    omar.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        omar.goto(address)
        assert omar.evaluate(SHIFT) < 0.02, address
        assert omar.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_page_with_all_that_it_needs_is_small(omar: Page) -> None:
    sizes: list[int] = []

    def weigh(response: Response) -> None:
        sizes.append(len(response.body()))

    omar.on("response", weigh)
    omar.goto("/p/hydra/2026-06/family/")
    omar.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < HEAVIEST


def test_the_page_of_the_grid_with_its_library_is_small_once_compressed(omar: Page) -> None:
    bodies: dict[str, bytes] = {}

    def weigh(response: Response) -> None:
        bodies[response.url] = response.body()

    omar.on("response", weigh)
    omar.goto("/p/hydra/2026-06/plan/L4/")
    omar.wait_for_load_state("networkidle")
    assert any("plan-grid.js" in address for address in bodies)
    assert sum(len(gzip.compress(body)) for body in bodies.values()) < HEAVIEST / 3
