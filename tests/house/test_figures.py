"""The style figures measure what they say, and break when their bar is broken."""

import pytest

from tools.figures import Figure, broad_excepts, figures, percentile, public
from tools.source import Source, body_lines


def _function(lines: int, *, doc: bool = True, name: str = "f") -> str:
    return f"def {name}():\n" + ("    '''Doc.'''\n" if doc else "") + "    a = 1\n" * lines


def _named(sources: list[Source]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures(sources)}


def test_a_body_is_counted_without_its_docstring() -> None:
    source = Source("a.py", "def f(\n    a: int,\n):\n    '''One.\n\n    Two.\n    '''\n    b = a\n\n    return b\n")
    assert [body_lines(function) for function in source.functions()] == [3]  # b = a, a blank line, return b


def test_a_body_of_a_docstring_alone_has_no_lines() -> None:
    source = Source("a.py", "def f():\n    '''Doc.'''\n")
    assert [body_lines(function) for function in source.functions()] == [0]


def test_median_percentile_and_longest() -> None:
    functions = [_function(lines, name=f"f{lines}") for lines in (1, 2, 3, 4, 5, 6, 7, 8, 30, 51)]
    table = _named([Source("src/onenumber/web/a.py", "'''Doc.'''\n" + "".join(functions))])
    assert table["function, median lines"].value == 5.5  # (5 + 6) / 2
    assert table["function, 90th percentile"].value == 30  # the ninth of ten
    assert not table["function, 90th percentile"].ok
    assert table["function, longest"].value == 51
    assert not table["function, longest"].ok


@pytest.mark.parametrize(("share", "wanted"), [(0.5, 2), (0.75, 3), (0.76, 4), (1.0, 4)])
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(share: float, wanted: int) -> None:
    assert percentile([4, 2, 1, 3], share) == wanted


def test_one_public_name_without_docstring_breaks_the_bar_of_the_maths() -> None:
    table = _named(
        [Source("src/onenumber/demand/a.py", "'''Doc.'''\n" + _function(1) + _function(1, doc=False, name="g"))]
    )
    assert table["of the maths, %"].value == pytest.approx(200 / 3)  # the module and f, not g
    assert not table["of the maths, %"].ok


def test_public_names_are_modules_classes_functions_and_methods() -> None:
    text = "class A:\n    def b(self): ...\n    def _c(self): ...\nclass _D:\n    def e(self): ...\n"
    text += "def f():\n    def g(): ...\n"
    assert [name for name, _ in public([Source("a.py", text)])] == ["a.py", "a.py:1 A", "a.py:2 b", "a.py:6 f"]


@pytest.mark.parametrize(
    ("caught", "count"),
    [("", 1), (" Exception", 1), (" (KeyError, BaseException)", 1), (" (KeyError, ValueError)", 0), (" OSError", 0)],
)
def test_broad_excepts_are_seen(caught: str, count: int) -> None:
    assert broad_excepts(Source("a.py", f"try:\n    a = 1\nexcept{caught}:\n    raise\n")) == count
