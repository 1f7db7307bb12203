"""Every address that anybody finds by following links, and those that only a hand would type."""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from onenumber import web
from onenumber.store.models import Account, Job, Plan, SheetVersion
from tests.walk.company import CYCLE

LINK = re.compile(r"""(?:href|hx-get|data-[a-z-]+)="([/?][^"#]*)""")
MOST = 1
"""Addresses of one shape (the same page asked with the same words) that are walked, of what links lead to."""
CRAWLERS = ("olga", "dora", "ines", "eva", "sven", "ben", "paul")
PLACES = ("item:B2", "planning_customer:sirius", "division:DB")
CELLS = (("item", "A1"), ("stream", "A1|sirius"), ("family", "FB"))
OPENED = "&row=demand_new&column=2026-06"
LAYERS = ("L2", "L2M", "L3", "L4", "L5")
Shape = tuple[str, ...]


def browser(person: str) -> Client:
    """A browser in which somebody is signed in; in nobody's name, one in which nobody is."""
    client = Client()
    if person:
        client.force_login(Account.objects.get(person=person))
    return client


def shape_of(address: str) -> Shape:
    """The name of a page and the words that its address asks it with."""
    parts = urlsplit(address)
    try:
        name = str(resolve(parts.path).url_name)
    except Resolver404:
        return ()
    return (name, *sorted({key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}))


def addresses(plan: Plan) -> list[str]:
    """What people find by following links, at most so many of a shape, and what is typed by hand."""
    found: dict[Shape, list[str]] = defaultdict(list)
    for person in CRAWLERS:
        _crawl(browser(person), f"/p/{plan.key}/{CYCLE}/", found)
    for address in by_hand(plan):
        found[shape_of(address)].append(address)
    return sorted({one for some in found.values() for one in some})


def _crawl(client: Client, start: str, found: dict[Shape, list[str]]) -> None:
    """Follow links that lead to what nobody found before; the first page is everybody's own."""
    todo, own = [start], True
    while todo:
        address = todo.pop(0)
        shape = shape_of(address)
        if shape and (own or (address not in found[shape] and len(found[shape]) < MOST)):
            found[shape] += [address] if address not in found[shape] else []
            answer = client.get(address)
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                todo += _links(answer.content.decode(), address, start.split("/")[2])
        own = False


def _links(page: str, address: str, plan: str) -> Iterator[str]:
    for found in LINK.findall(page):
        to = urljoin(address, unescape(found))
        if to.startswith(f"/p/{plan}/"):
            yield to


def by_hand(plan: Plan) -> Iterator[str]:
    """What no link leads to, or only with a script: another's things, by their names."""
    of_plan, of_cycle = f"/p/{plan.key}/", f"/p/{plan.key}/{CYCLE}/"
    for version in SheetVersion.objects.filter(plan=plan).order_by("pk"):
        yield f"{of_cycle}sheets/{version.pk}/"
    for job in Job.objects.filter(plan=plan):
        yield from (f"{of_cycle}jobs/{job.pk}/", f"{of_cycle}jobs/{job.pk}/progress/")
    yield from (
        f"{of_plan}{rest}"
        for rest in (
            "",
            "sign-ins/",
            "sign-ins/?q=ben",
            "data/1/progress/",
            "data/1/findings.csv",
            "data/1/?code=unknown_label&page=1",
        )
    )
    for word in ("of", "try"):
        yield f"{of_cycle}conflicts/plant/P2/2026-08/{word}/B2/"
    for layer in LAYERS:
        yield f"{of_cycle}plan/{layer}/cells/"
    for layer, (level, key) in product(("L2", "L4"), CELLS):
        asked = f"level={level}&key={key}&month=2026-05"
        yield f"{of_cycle}plan/{layer}/cell/?{asked}"
        yield f"{of_cycle}plan/{layer}/what-if/?{asked}&months=1&typed=%2B5"
    yield f"{of_cycle}flow/?place={PLACES[0]}"
    for place in PLACES:
        yield f"{of_cycle}bench/?place={place}"
        yield from (f"{of_cycle}family/?place={place}{more}" for more in ("", "&in=money", OPENED))
    yield from (f"{of_cycle}search/?q={word}" for word in ("sirius", "Omicron", "er", "South", "B2"))
    yield from (
        f"{of_cycle}{rest}"
        for rest in (
            "customer/alpha/", "customer/omicron/", "customer/omicron/orders.csv",
            "load/?line=L2&month=2026-11&short=all",
            "maintenance/price/?window=W1&month=2026-10", "messages/?day=2026-05-05", "deviations/?by=patch",
            "orders/?all=customers", "parameters/?all=lead_times", "running/?of=orders:DA:pcs", "budget/?years=1",
            "conflicts/?all=1&cause=none", "confirm/?all=1", "confirm/?wrong=O28betaA1",
            "?changes=all",
            "entry/?all=1", "entry/?open=sirius|FA", "news/?customer=sirius&family=FA&next=/", "meetings/executive/",
            "team/ana/", "team/ben/", "team/wim/", "team/carl/", "pack/1/",
        )
    )  # fmt: skip


def words_asked() -> set[str]:
    """Every word that a page reads from an address, by the source of the pages."""
    found: set[str] = set()
    for path in sorted(Path(web.__path__[0]).rglob("*.py")):
        text = path.read_text()
        for line in text.splitlines():
            found |= set(re.findall(r"""asked_of\(request, \"(\w+)\"""", line))
            if "GET" in line or path.name == "read.py":
                found |= set(re.findall(r"""(?:GET|sent)\.get\("(\w+)\"""", line))
                found |= set(re.findall(r"""\"(\w+)" (?:not )?in request\.GET""", line))
                if "for name in" in line:
                    found |= set(re.findall(r"\"(\w+)\"", line.split("for name in")[1]))
    return found
