"""Files that cannot be read, and workbooks without a table: each is said, and the other files load."""

import io
import os
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart

from onenumber.files.read import Loaded, read_files, read_folder
from onenumber.files.write import write_findings
from onenumber.model.sentences import say

REMEDY = "Put the file itself in its place, with the right to read it, and load it once more."


def _said(loaded: Loaded) -> list[str]:
    return [say(found) for found in loaded.findings if found.code != "missing_table"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "divisions.csv").write_text("division,name\nA,Alpha\n")
    return tmp_path


def _loads_beside(folder: Path, *said: str) -> None:
    loaded = read_folder(folder)
    assert loaded.tables["divisions"].rows() == [("A", "Alpha")]
    assert _said(loaded) == list(said)
    write_findings(loaded.findings, folder / "findings")  # which any name of a file must stand


def test_a_folder_named_as_a_file_is_said_and_another_is_left_alone(folder: Path) -> None:
    (folder / "sites.csv").mkdir()
    (folder / "archive").mkdir()
    _loads_beside(folder, f"sites.csv: The file cannot be read from the disk (it is no file). {REMEDY}")


def test_a_link_that_leads_nowhere_is_said(folder: Path) -> None:
    (folder / "sites.csv").symlink_to(folder / "gone.csv")
    _loads_beside(folder, f"sites.csv: The file cannot be read from the disk (No such file or directory). {REMEDY}")


def test_a_link_to_itself_is_said(folder: Path) -> None:
    (folder / "sites.csv").symlink_to(folder / "sites.csv")
    _loads_beside(
        folder, f"sites.csv: The file cannot be read from the disk (Too many levels of symbolic links). {REMEDY}"
    )


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "sites.csv")
    _loads_beside(folder, f"sites.csv: The file cannot be read from the disk (it is no file). {REMEDY}")


def test_a_file_that_goes_while_others_are_read_is_said(folder: Path) -> None:
    (folder / "sites.csv").write_text("site,name,kind\nS,Site,plant\n")
    loaded = read_folder(folder, progress=lambda *_: (folder / "sites.csv").unlink(missing_ok=True))
    assert loaded.tables["divisions"].rows() == [("A", "Alpha")]
    assert _said(loaded) == [f"sites.csv: The file cannot be read from the disk (No such file or directory). {REMEDY}"]


def test_a_file_without_the_right_to_read_it_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "sites.csv").write_text("site,name,kind\nS,Site,plant\n")
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "sites.csv":  # root may read everything, and tests run as root, too
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    _loads_beside(folder, f"sites.csv: The file cannot be read from the disk (Permission denied). {REMEDY}")


def test_a_folder_that_cannot_be_listed_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(13, f"Permission denied: {path.name}")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert [found.code for found in read_folder(folder).findings] == ["unreachable_file"]


def test_a_name_that_is_no_text_is_written_out(folder: Path) -> None:
    try:
        Path(os.fsdecode(bytes(folder) + b"/si\xfftes.csv")).write_text("x")
    except OSError:
        pytest.skip("this disk holds only names that are text")
    _loads_beside(
        folder,
        (
            "si\\udcfftes.csv: 'si\\\\udcfftes.csv' is not named after a table of the data contract and was not read. "
            "Name it after its table, as .csv, .tsv, .txt, .xlsx or .parquet."
        ),
    )


def _book(*sheets: str, chart: bool = False) -> bytes:
    """A workbook whose sheet ``divisions`` is one; the others are sheets of a chart, which they have or lost."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name in sheets:
        if name == "divisions":
            tab = book.create_sheet(name)
            tab.append(["division", "name"])
            tab.append(["A", "Alpha"])
        else:
            sheet = book.create_chartsheet(name)
            if chart:
                sheet.add_chart(BarChart())
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("chart", [True, False])
@pytest.mark.parametrize("sheets", [("divisions", "Chart"), ("Chart", "divisions")])
def test_a_sheet_of_a_chart_does_not_keep_the_others_from_loading(*, sheets: tuple[str, ...], chart: bool) -> None:
    loaded = read_files({"company.xlsx": _book(*sheets, chart=chart)})
    assert (loaded.tables["divisions"].rows(), _said(loaded)) == ([("A", "Alpha")], [])


@pytest.mark.parametrize("chart", [True, False])
def test_a_workbook_without_a_worksheet_is_said(*, chart: bool) -> None:
    assert _said(read_files({"divisions.xlsx": _book("Chart", chart=chart)})) == [
        (
            "divisions.xlsx: The workbook has no worksheet with cells. "
            "Put each table on a worksheet that is named after it."
        )
    ]
