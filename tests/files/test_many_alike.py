"""Many findings alike: a screen that can be read, and a list that has every one."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from onenumber.files.faults import LISTED
from onenumber.files.read import Loaded, read_files
from onenumber.files.write import write_findings
from onenumber.model.finding import Severity, counted, findings_table
from onenumber.model.sentences import say


def _load(**tables: str) -> Loaded:
    return read_files({f"{name}.csv": text.encode() for name, text in tables.items()}, known={})


def test_half_a_million_bad_rows_are_a_thousand_findings_and_one_with_the_rest() -> None:
    count = 500_000
    rows = "".join(f"D{k},\n" for k in range(count))
    loaded = _load(divisions="division,name\n" + rows)
    found = [f for f in loaded.findings if f.place.file == "divisions.csv"]
    assert [f.code for f in found] == ["required_empty"] * LISTED + ["more_alike"]
    assert say(found[-1]) == (
        "divisions.csv, name: 499000 more rows, from row 1002 to row 500001, have the same finding (required_empty). "
        "Put the rows listed right first; these are likely to have the same cause."
    )
    assert found[-1].severity is Severity.BLOCKED
    assert counted(found) == {"required_empty": count}


def test_of_many_bad_rows_each_is_in_the_list(tmp_path: Path) -> None:
    bad = LISTED + 500
    rows = "".join(f"D{k},Div\0ision {k}\n" for k in range(bad))
    loaded = _load(divisions=f"division,name\nA,Alpha\n{rows}", sites="site,name,kind\n")
    write_findings(loaded.findings, tmp_path / "all.csv")
    listed = pl.read_csv(tmp_path / "all.csv").filter(code="control_letter")
    assert listed.select("file", "row", "column", "value").rows() == [
        ("divisions.csv", k + 3, "name", f"Div\\x00ision {k}") for k in range(bad)
    ]
    assert listed["sentence"].str.contains("holds a control character", literal=True).all()
    assert findings_table(loaded.findings).filter(code="control_letter")["row"].to_list() == list(range(3, bad + 3))
    assert "more_alike" not in findings_table(loaded.findings)["code"]


def test_a_list_written_in_parts_has_one_header_and_every_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onenumber.model.finding.PART", 7)
    loaded = _load(divisions="division,name\n" + "".join(f"D{k},\n" for k in range(LISTED + 20)))
    write_findings(loaded.findings, tmp_path / "all.csv")
    listed = pl.read_csv(tmp_path / "all.csv").filter(code="required_empty")
    assert listed["row"].to_list() == list(range(2, LISTED + 22))
    write_findings(loaded.findings, tmp_path / "all.xlsx")
    assert len(pl.read_csv(tmp_path / "all.csv")) == openpyxl.load_workbook(tmp_path / "all.xlsx").active.max_row - 1
