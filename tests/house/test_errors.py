"""The tree of errors in the package's docstring is the tree of its classes, and every error is there to be raised."""

import inspect
import re
import sys
from string import Formatter
from typing import Self

import pytest

from onenumber import errors
from onenumber.errors import OneNumberError
from tests.house.registry import SOURCES

CLASSES = {name: kind for name, kind in vars(errors).items() if inspect.isclass(kind)}
LEAVES = [kind for kind in CLASSES.values() if not kind.__subclasses__()]


def _tree(docstring: str) -> dict[str, str]:
    """Each class drawn in a docstring with the one it stands under."""
    stack: list[tuple[int, str]] = []
    found = {}
    for indent, name in re.findall(r"^( +)(\w+Error)$", docstring, flags=re.MULTILINE):
        while stack and stack[-1][0] >= len(indent):
            stack.pop()
        found[name] = stack[-1][1] if stack else ""
        stack.append((len(indent), name))
    return found


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    classes = {name: kind.__base__.__name__ for name, kind in CLASSES.items() if kind is not OneNumberError}
    assert _tree(errors.__doc__ or "") == {"OneNumberError": ""} | classes


def test_all_lists_every_class_in_order() -> None:
    kinds = [kind for kind in _below(OneNumberError) if kind.__module__.startswith("onenumber.errors")]
    every = {kind.__name__ for kind in kinds if hasattr(sys.modules[kind.__module__], kind.__name__)}  # no example's
    assert errors.__all__ == sorted(every)
    assert set(CLASSES) == every


def test_every_error_of_ours_lives_in_the_errors_room() -> None:
    elsewhere = [
        k.__qualname__
        for k in _below(OneNumberError)
        if k.__module__.startswith("onenumber.") and "errors" not in k.__module__
    ]
    assert elsewhere == []


@pytest.mark.parametrize("kind", CLASSES.values(), ids=lambda kind: kind.__name__)
def test_an_error_says_when_it_happens(kind: type[OneNumberError]) -> None:
    assert (kind.__doc__ or "").strip().split("\n")[0].endswith(".")


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_an_error_writes_a_sentence_with_what_it_was_given(kind: type[OneNumberError]) -> None:
    fields = [name for _, name, _, _ in Formatter().parse(kind.template) if name is not None]
    assert all(name.isidentifier() for name in fields), "only named values, so that a sentence can be translated"
    assert kind.template.endswith((".", "?", "!", "}"))  # a value at the end is the way out, a sentence itself
    said = str(kind(**{name: Sample() for name in fields}))
    assert said[0] == said[0].upper()


def test_every_code_is_one_errors_own() -> None:
    codes = [kind.code for kind in LEAVES]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_error_is_raised_somewhere(kind: type[OneNumberError]) -> None:
    word = re.compile(rf"\b{kind.__name__}\(")
    assert any(word.search(source.text) for source in SOURCES if source.room != "errors")


class Sample(str):
    """A value that any sentence can format."""

    __slots__ = ()

    def __new__(cls) -> Self:
        return super().__new__(cls, "Sample")

    def __format__(self, spec: str) -> str:
        return "Sample"


def _below(kind: type[OneNumberError]) -> set[type[OneNumberError]]:
    return {kind}.union(*map(_below, kind.__subclasses__()))
