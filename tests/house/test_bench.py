"""The benchmark runner times what it is given, refuses answers that disagree, and raises its alarm."""

import pytest

from benchmarks import run
from benchmarks.case import Case


def test_medians_and_the_ratio_to_the_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 2.0, 2.0, 3.0, 3.0, 9.0, 9.0, 10.0, 10.0, 13.0, 13.0, 14.0])  # ours 2, 6, 3; theirs 1, 1, 1
    monkeypatch.setattr(run, "used", lambda: next(clock))
    row = run.measure(Case(name="a", ours=lambda: 1, peer="b", theirs=lambda: 1), 3)
    assert (row["seconds"], row["peer_seconds"], row["ratio"]) == ("3", "1", "3")


def test_answers_that_disagree_are_no_figure() -> None:
    row = run.measure(Case(name="a", ours=lambda: 1, peer="b", theirs=lambda: 2, agree=lambda x, y: x == y), 1)
    assert row["ratio"] == "disagree"
    assert run.shown(row).endswith("DISAGREES with b")


@pytest.mark.parametrize(("ratio", "said"), [("0.6", []), ("0.8", ["  ALARM: 1.6 times what it was at c1"])])
def test_the_alarm_is_on_the_ratio(ratio: str, said: list[str]) -> None:
    before = [{"case": "a", "peer": "b", "ratio": "0.5", "commit": "c1"}]
    assert run.alarms({"case": "a", "peer": "b", "ratio": ratio}, before) == said


def test_figures_are_kept_and_added_to(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "RESULTS", tmp_path / "results.csv")
    row = run.measure(Case(name="a", ours=lambda: 1), 1)
    run.keep([row])
    run.keep([row])
    assert run.kept() == [row, row]


def test_all_modules_with_cases_are_found() -> None:
    assert "family totals of 6 M cells" in [case.name for case in run.found([])]
