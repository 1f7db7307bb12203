"""The committed contract is what the tables generate; every sentence about a load can be said."""

import json
from pathlib import Path

from onenumber.files.contract_docs import json_schema, markdown
from onenumber.files.read import read_files
from onenumber.model.contract import TABLES
from onenumber.model.sentences import load
from tests.files.company import csv_files, sound

ROOT = Path(__file__).parents[2]
AGAIN = "is not what the contract generates: run `python -m tools.contract`"


def test_the_committed_page_and_schema_are_what_the_contract_generates() -> None:
    assert (ROOT / "docs/data-contract.md").read_text(encoding="utf-8") == markdown(), f"the page {AGAIN}"
    assert (ROOT / "docs/data-contract.schema.json").read_text(encoding="utf-8") == json_schema(), f"the schema {AGAIN}"


def test_the_page_tells_of_every_table_and_column() -> None:
    page = markdown()
    for table in TABLES.values():
        assert f"\n## {table.name}\n" in page
        for column in table.columns:
            assert f"| `{column.name}` | {column.kind.value} |" in page


def test_the_schema_holds_every_rule_that_a_column_has() -> None:
    rows = json.loads(json_schema())["$defs"]
    lead = rows["vendor_items"]["properties"]["lead_time_days"]
    assert lead == {
        "type": "integer",
        "description": "Planned days from order to receipt.",
        "minimum": 0,
        "x-unit": "days",
    }
    priority = rows["customers"]["properties"]["priority"]
    assert (priority["type"], priority["enum"]) == (["string", "null"], ["A", "B", "C", None])


def test_the_examples_load_without_a_finding() -> None:
    loaded = read_files(csv_files(sound()))
    assert loaded.findings == ()
    assert list(loaded.tables) == list(TABLES)


def test_every_sentence_about_a_load_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/onenumber/files").rglob("*.py"))
    assert [code for code in load.SENTENCES if f'"{code}"' not in source] == []


def test_the_page_and_the_schema_say_what_is_kept_and_not_used_yet() -> None:
    page, rows = markdown(), json.loads(json_schema())["$defs"]
    for name, table in TABLES.items():
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert ("Kept, not used yet" in section) is table.unused
        assert rows[name].get("x-unused", False) is table.unused
        assert bool(rows[name].get("x-without")) is not (table.required or table.unused)
