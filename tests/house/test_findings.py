"""Every finding has its sentence, every sentence its finding, and neither lacks a value."""

import ast
import importlib
import pkgutil
import re
from string import Formatter

import pytest

from onenumber.model import sentences
from onenumber.model.finding import Finding, Severity
from onenumber.model.sentences import CATALOGUE, say
from tests.house.registry import SOURCES, calls, texts

ELSEWHERE = [source for source in SOURCES if "/model/sentences/" not in source.path]
TEXTS = frozenset().union(*map(texts, ELSEWHERE))
STARTS = {start for source in ELSEWHERE for start in re.findall(r'f"([a-z_]+_)\{', source.text)}
MAKES_ONE = re.compile(r"(?:^|_)(?:finding|fault)$", re.IGNORECASE)


def _code(call: ast.Call) -> str | None:
    """The code that a call which makes a finding names, where it stands there as text."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"] or call.args[:1]
    first = named[0] if named else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _given(name: str, call: ast.Call) -> set[str] | None:
    """The values that the call names; None where it hands on a mapping made elsewhere."""
    values = next((keyword.value for keyword in call.keywords if keyword.arg == "values"), None)
    if isinstance(values, ast.Dict):
        keys = values.keys
        return {key.value for key in keys if isinstance(key, ast.Constant)} if None not in keys else None
    if name.lower() in {"finding", "fault"} or any(keyword.arg is None for keyword in call.keywords):
        return None if values is not None or name.lower() == "fault" else set()
    return {keyword.arg for keyword in call.keywords if keyword.arg}


MADE = [
    (f"{source.path}:{call.lineno}", code, _given(name, call))
    for source in ELSEWHERE
    for name, call in calls(source)
    if MAKES_ONE.search(name) and (code := _code(call)) is not None
]


@pytest.mark.parametrize(("where", "code"), [(where, code) for where, code, _ in MADE])
def test_every_finding_has_a_sentence(where: str, code: str) -> None:
    assert code in CATALOGUE, f"{where}: write the sentence of {code!r} in model/sentences"


def test_every_subject_is_in_the_catalogue_and_a_code_in_one_subject_only() -> None:
    names = [module.name for module in pkgutil.iter_modules(sentences.__path__) if module.name != "catalogue"]
    subjects = [importlib.import_module(f"onenumber.model.sentences.{name}").SENTENCES for name in names]
    assert sorted(code for subject in subjects for code in subject) == sorted(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_belongs_to_a_finding(code: str) -> None:
    made = [(start, code.removeprefix(start)) for start in STARTS if code.startswith(start)]
    assert code in TEXTS or any(rest in TEXTS for _, rest in made)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_renders_and_says_what_to_do(code: str) -> None:
    sentence = CATALOGUE[code]
    said = say(Finding(code=code, severity=Severity.NOTE, values=dict.fromkeys(_fields(code), 7)))
    assert said.endswith((".", "?", "!"))
    # a question needs no remedy: the options beside it are the ways out
    assert sentence.what.endswith("?") or (sentence.what.endswith(".") and sentence.remedy.strip())


@pytest.mark.parametrize(("where", "code", "given"), [made for made in MADE if made[2] is not None])
def test_a_finding_gives_all_that_its_sentence_needs(where: str, code: str, given: set[str]) -> None:
    assert _fields(code) <= given, where


def _fields(code: str) -> set[str]:
    sentence = CATALOGUE[code]
    return {name for _, name, _, _ in Formatter().parse(f"{sentence.what} {sentence.remedy}") if name}
