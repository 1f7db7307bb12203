"""The truth of a made company lies beside its sheets, whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from onenumber.store.models import Plan
from onenumber.store.truth import keep_truth


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(ONENUMBER_HOME=tmp_path):
        yield tmp_path


def test_it_is_written_where_people_and_tests_read_it(home: Path) -> None:
    path = keep_truth(Plan(key="model"), {"peak": {"line": "L11", "hours": [1.5]}})
    assert path == home / "plans" / "model" / "truth.json"
    assert json.loads(path.read_text(encoding="utf-8")) == {"peak": {"line": "L11", "hours": [1.5]}}
    assert [file.name for file in path.parent.iterdir()] == ["truth.json"]


def test_a_second_truth_takes_the_place_of_the_first() -> None:
    keep_truth(Plan(key="model"), {"a": 1})
    assert json.loads(keep_truth(Plan(key="model"), {"b": 2}).read_text(encoding="utf-8")) == {"b": 2}


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        keep_truth(Plan(key="model"), {"a": object()})
