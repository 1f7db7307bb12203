"""The settings resolve: whatever they name by a string is there; every variable is documented."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from onenumber.conf import settings as ours
from tests.house.registry import ROOT, SOURCES

DOTTED = re.compile(r"^(?:django|django_tasks|django_tasks_db|ninja|whitenoise|onenumber)(?:\.\w+)+$")
ENVVAR = re.compile(r'envvar="(ONENUMBER_[A-Z_]+)"')
VARIABLE = re.compile(r"\bONENUMBER_[A-Z_]+\b")
NAMES = [name for name in dir(ours) if name.isupper() and not name.startswith("_")]


def _named(value: object) -> Iterator[str]:
    """Every string that looks like a module or something in one, however deep."""
    if isinstance(value, str) and DOTTED.match(value):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _named(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _named(part)


@pytest.mark.parametrize("dotted", sorted({n for name in NAMES for n in _named(getattr(settings, name))}))
def test_what_a_setting_names_is_there(dotted: str) -> None:
    try:
        import_string(dotted)
    except ImportError:
        __import__(dotted)


def test_the_account_is_our_own() -> None:
    assert settings.AUTH_USER_MODEL == "store.Account"


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    reader = next(source for source in SOURCES if source.path.endswith("conf/environment.py"))
    read = set(VARIABLE.findall(reader.text))
    read |= {name for source in SOURCES if source.room == "cli" for name in ENVVAR.findall(source.text)}
    page = (ROOT / "docs" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `(ONENUMBER_[A-Z_]+)`", page, flags=re.MULTILINE))
    assert documented == read
