"""Everything that a person is shown: each page, fragment and file of the browser, each command that looks."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from click.testing import CliRunner
from django.test import Client

from onenumber.cli import main
from onenumber.cli.app import LAZY
from onenumber.model.sheet import SheetKind
from onenumber.store.models import Plan

DO = ("run", "play", "engine", "login")
"""Commands that look at no plan: they start a server, rehearse in a plan of their own, compute, let somebody in."""
LOOK = tuple(name for name in LAZY if name not in DO)
CHANCE = re.compile(r'csrfmiddlewaretoken" value="\w+|X-CSRFToken[^}]*|nonce[-=]"?[\w-]+|\b[0-9a-f]{10,64}\b')
"""What differs from one look to the next: marks of a session, and the hashes of what sheets hold."""


def pages(client: Client, addresses: Iterable[str]) -> dict[str, str]:
    """What a browser is answered at each address, with the status; what differs by chance is left out."""
    found = {}
    for address in addresses:
        answer = client.get(address)
        found[address] = f"{answer.status_code} {CHANCE.sub('', _own(answer.content.decode(), address))}"
    return found


def _own(text: str, address: str) -> str:
    """A page without what its address said: that is no news to who typed it."""
    for word in sorted(re.split(r"[/?&=:|]", unquote(address)), key=len, reverse=True):
        text = text.replace(word, "") if len(word) >= LEAST else text
    return text


def commands(plan: Plan, person: str, folder: Path) -> dict[str, str]:
    """What each command that looks tells her, files included."""
    asked = ["--plan", plan.key, "--as", person]
    found = {}
    for name in LOOK:
        for words in FILES.get(name, ((),)):
            said = CliRunner().invoke(main, [name, *_in(folder, words), *asked])
            written = "".join(path.read_text() for path in sorted(folder.iterdir()))
            found[" ".join((name, *words))] = CHANCE.sub("", f"{said.exit_code} {said.output}{written}")
            for path in folder.iterdir():
                path.unlink()
    return found


def _in(folder: Path, words: Iterable[str]) -> list[str]:
    folder.mkdir(exist_ok=True)
    return [str(folder / word) if word.startswith("out.") else word for word in words]


LEAST = 4
"""Letters of a word that is taken for what an address said."""
STAGED = {SheetKind.SUPPLY_PLAN: ("proposed", "final"), SheetKind.DECISION: ("papers", "decided")}
FILES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "duties": ((), ("-o", "out.csv")),
    "export": tuple(
        (kind.value, "-o", "out.json", *(("--stage", stage) if stage else ()))
        for kind in SheetKind for stage in STAGED.get(kind, ("",))
    ),
}  # fmt: skip
"""Commands that write files, as they are asked for them."""
