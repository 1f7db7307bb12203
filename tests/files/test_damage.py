"""Every kind of damage is named by its finding, and nothing else is lost."""

from collections.abc import Callable

import pytest

from onenumber.files.read import Loaded, read_files
from onenumber.model.finding import Finding, Severity
from onenumber.model.sentences import say
from tests.files.company import csv_files, sound
from tests.files.damage import DAMAGES, Folder, Named

SOUND = read_files(csv_files(sound()))


def _names(finding: Finding, named: Named) -> bool:
    place = finding.place
    return (finding.code, place.file, place.row, place.column) == (named.code, named.file, named.row, named.column)


def _missing(loaded: Loaded, tables: set[str]) -> dict[str, list[tuple[object, ...]]]:
    """Rows of the sound company that are not there any more."""
    there = {name: loaded.tables[name].rows() for name in tables}
    return {n: gone for n in sorted(tables) if (gone := [r for r in SOUND.tables[n].rows() if r not in there[n]])}


def test_the_sound_company_has_no_finding() -> None:
    assert [say(finding) for finding in SOUND.findings] == []


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_each_damage_is_named_and_nothing_else_is_lost(damage: Callable[[Folder], Named]) -> None:
    folder = Folder()
    named = damage(folder)
    files = folder.content(whole=False)
    others = {name: table for name, table in SOUND.tables.items() if name not in folder.lost}
    loaded = read_files(files, known=others)
    assert [f for f in loaded.findings if _names(f, named)] != [], [say(f) for f in loaded.findings]
    assert not folder.lost & set(loaded.tables)
    assert _missing(loaded, set(loaded.tables)) == {}
    refused = sum(loaded.rows_read.values()) - sum(loaded.rows_loaded.values())
    said = {(f.place.file, f.place.row) for f in loaded.findings if f.severity is Severity.BLOCKED and f.place.row}
    whole = sum(f.values["rows"] for f in loaded.findings if "rows" in f.values)
    assert refused == len(said) + whole


def test_all_kinds_at_once_are_each_named_and_nothing_else_is_lost() -> None:
    folder = Folder()
    named = [damage(folder) for damage in DAMAGES]
    loaded = read_files(folder.content())
    assert len(named) >= 20
    assert [n for n in named if not any(_names(f, n) for f in loaded.findings)] == []
    assert set(SOUND.tables) - set(loaded.tables) == folder.lost
    assert _missing(loaded, set(loaded.tables)) == {}


def test_the_ten_megabyte_cell_is_not_kept_in_its_finding() -> None:
    folder = Folder()
    named = next(d for d in DAMAGES if d.__name__ == "ten_megabytes_in_a_cell")(folder)
    found = next(f for f in read_files(folder.content(whole=False), known=SOUND.tables).findings if _names(f, named))
    assert say(found) == (
        f"items.csv, row {named.row}, name: The cell holds 10000000 characters, which begin with "
        "'xxxxxxxxxxxxxxxxxxxx'; the limit is 10000. Shorten it."
    )
