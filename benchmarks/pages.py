"""CPU and wall time of every page of a home, by everybody who signs in, at the second look.

    PYTHONPATH=src:. python benchmarks/pages.py HOME [--person KEY ...] [--above 60]

Pages are found by following links, one of each kind for each person, in this process and without a socket. The bar is
100 ms a page; what a busy machine leaves alone is the CPU time. HOME is a copy: looking notes when somebody looked.
"""

import argparse
import os
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

import django

LINK = re.compile(r"""(?:href|hx-get)="([/?][^"#]*)""")
LOOKS = 3
"""Of these the quickest after the first counts."""
WELL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A page that a person looked at again: milliseconds of CPU and on the clock, and those of her first look."""

    person: str
    page: str
    address: str
    cpu: float
    wall: float
    first: float


def main() -> None:
    """Print the spread, then each page above the bar that was asked for, the dearest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home")
    parser.add_argument("--person", action="append", help="only these, by their keys")
    parser.add_argument("--above", type=float, default=60.0, help="milliseconds of CPU from which a page is listed")
    given = parser.parse_args()
    os.environ.update(
        DJANGO_SETTINGS_MODULE="onenumber.conf.settings", ONENUMBER_DEMO="1", ONENUMBER_HOME=given.home,
        ONENUMBER_DATABASE_URL="", ONENUMBER_ALLOWED_HOSTS="testserver",
    )  # fmt: skip
    django.setup()
    looked = [one for person in given.person or _everybody() for one in _looks_of(person)]
    for one in sorted(looked, key=lambda one: -one.cpu):
        if one.cpu >= given.above:
            print(f"{one.cpu:7.0f} ms CPU {one.wall:7.0f} ms (first {one.first:5.0f})  {one.person:10} {one.address}")
    for name in ("cpu", "wall", "first"):
        print(f"{name:6}", _spread([getattr(one, name) for one in looked]))


def _everybody() -> list[str]:
    from onenumber.store.models import Account  # noqa: PLC0415 - it needs the settings

    return [str(key) for key in Account.objects.exclude(person="").order_by("person").values_list("person", flat=True)]


def _looks_of(person: str) -> Iterator[Looked]:
    """Every kind of page that a person finds, from where she lands."""
    from django.test import Client  # noqa: PLC0415 - it needs the settings

    from onenumber.store.models import Account  # noqa: PLC0415 - as above

    client, todo, seen = Client(), ["/"], {""}
    client.force_login(Account.objects.get(person=person))
    while todo:
        address = todo.pop(0)
        page = _page_of(address)
        if page in seen:
            continue
        seen.add(page)
        answer = client.get(address, follow=True)
        if answer.status_code != WELL or not str(answer.headers["Content-Type"]).startswith("text/html"):
            continue
        found = str(answer.request["PATH_INFO"]) + (f"?{query}" if (query := answer.request["QUERY_STRING"]) else "")
        todo += [urljoin(found, unescape(link)) for link in LINK.findall(answer.content.decode())]
        yield _again(client, person, page, found)


def _page_of(address: str) -> str:
    """The name of the page at an address; empty where there is none."""
    from django.urls import Resolver404, resolve  # noqa: PLC0415 - it needs the settings

    try:
        return str(resolve(urlsplit(address).path).view_name)
    except Resolver404:
        return ""


def _again(client: "django.test.Client", person: str, page: str, address: str) -> Looked:
    """Look at a page that was just looked at for the first time."""
    looks = []
    for _ in range(LOOKS):
        cpu, wall = time.process_time(), time.perf_counter()
        client.get(address)
        looks.append((1e3 * (time.process_time() - cpu), 1e3 * (time.perf_counter() - wall)))
    quickest = min(looks[1:])
    return Looked(person=person, page=page, address=address, cpu=quickest[0], wall=quickest[1], first=looks[0][0])


def _spread(times: list[float]) -> str:
    at = statistics.quantiles(times, n=10)
    return f"{len(times)} pages: median {statistics.median(times):.0f}, p90 {at[-1]:.0f}, longest {max(times):.0f} ms"


if __name__ == "__main__":
    main()
