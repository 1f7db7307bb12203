"""Returns load; they are listed, and added up per unit, as no error."""

from onenumber.files import faults
from onenumber.files.read import Loaded, read_files
from onenumber.model.finding import Severity
from onenumber.model.sentences import say
from tests.files.company import csv_files, sound
from tests.files.damage import Folder


def with_returns(*lines: tuple[str, str, str]) -> Loaded:
    """The sound company with these lines more: order, item, quantity."""
    folder = Folder()
    folder.add("items", item="LOOSE", unit="kg")
    for order, item, quantity in lines:
        folder.add("order_lines", order=order, item=item, quantity=quantity, unit="")
    return read_files(folder.content())


def test_each_return_is_a_row_of_the_list_and_loads() -> None:
    before = read_files(csv_files(sound()))
    loaded = with_returns(("R-1", "B-100", "-5"), ("R-2", "B-100", "-7"))
    apart = [f for f in loaded.findings if f.code == "return_kept_apart"]
    row = len(sound()["order_lines"]) + 1
    assert [(f.place.file, f.place.row, f.place.column) for f in apart] == [
        ("order_lines.csv", row, "quantity"), ("order_lines.csv", row + 1, "quantity"),
    ]  # fmt: skip
    said = "-5 piece of B-100 is a return: kept apart from demand, not an error. Nothing, if goods came back;"
    assert say(apart[0]).startswith(f"order_lines.csv, row {row}, quantity: {said}")
    assert {f.severity for f in loaded.findings if f not in before.findings} == {Severity.APART}
    assert loaded.rows_loaded["order_lines"] == before.rows_loaded["order_lines"] + 2


def test_returns_are_added_up_per_unit_and_never_across() -> None:
    loaded = with_returns(("R-1", "B-100", "-5"), ("R-2", "B-100", "-7"), ("R-3", "LOOSE", "-0.5"))
    found = [f.values for f in loaded.findings if f.code == "returns_in_all"]
    assert [(v["count"], v["quantity"], v["unit"]) for v in found] == [(2, 12, "piece"), (1, 0.5, "kg")]


def test_returns_beyond_those_that_are_listed_are_counted_and_come_last(monkeypatch: object) -> None:
    monkeypatch.setattr(faults, "LISTED", 1)
    loaded = with_returns(*((f"R-{n}", "B-100", "-1") for n in range(3)))
    codes = [f.code for f in loaded.findings if f.place.file == "order_lines.csv"]
    assert codes == ["returns_in_all", "return_kept_apart", "more_returns"]
    row = len(sound()["order_lines"])
    assert say(loaded.findings[[f.code for f in loaded.findings].index("more_returns")]).startswith(
        f"order_lines.csv, quantity: 2 more returns, from row {row + 2} to row {row + 3}: kept apart from demand"
    )


def test_a_refused_line_is_no_return() -> None:
    loaded = with_returns(("R-1", "no such item", "-5"))
    assert [f.code for f in loaded.findings if f.severity is Severity.APART] == []
