"""The 541,909 lines of Online Retail through the front door: every line is loaded or listed."""

from pathlib import Path

import polars as pl
import pytest

from examples.online_retail.convert import write
from onenumber.files.read import Loaded, read_folder
from onenumber.model.finding import Severity
from tests.examples.shared import shared_data

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def source() -> Path:
    return shared_data("uci_online_retail") / "online_retail.parquet"


@pytest.fixture(scope="module")
def loaded(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("online_retail")
    write(source, folder)
    return read_folder(folder)


def test_every_line_is_read_and_loaded_or_listed(loaded: Loaded) -> None:
    assert loaded.rows_read["order_lines"] == 541_909
    bad = [f for f in loaded.findings if f.place.file == "order_lines.csv" and f.severity is Severity.BLOCKED]
    assert {f.code for f in bad} == {"refused_reference"}
    assert len({f.place.row for f in bad}) == len(bad) == 112  # 112 stock codes have no description and one line each
    assert loaded.rows_loaded["order_lines"] == 541_909 - 112


def test_returns_are_kept_apart_and_none_is_lost(loaded: Loaded, source: Path) -> None:
    lines = pl.read_parquet(source)
    quantity = loaded.tables["order_lines"]["quantity"]
    refused = lines.filter(pl.col("Description").drop_nulls().len().over("StockCode") == 0)["Quantity"]
    assert lines.filter(pl.col("Quantity") < 0).height == 10_624
    assert (quantity < 0).sum() + (refused < 0).sum() == 10_624
    assert quantity.sum() + refused.sum() == lines["Quantity"].sum()
    (said,) = [f.values for f in loaded.findings if f.code == "returns_in_all"]
    assert (said["count"], said["quantity"]) == ((quantity < 0).sum(), -quantity.filter(quantity < 0).sum())
    one_by_one = sum(f.code == "return_kept_apart" for f in loaded.findings)
    assert one_by_one + sum(f.values["count"] for f in loaded.findings if f.code == "more_returns") == said["count"]


def test_what_the_data_does_not_know_is_said_and_not_made_up(loaded: Loaded) -> None:
    empty = sorted(name for name, table in loaded.tables.items() if not len(table))
    said = sorted(str(f.values["table"]) for f in loaded.findings if f.code == "no_rows")
    assert empty == said
    assert "stock" in empty
    wrong = {f.code for f in loaded.findings if f.severity is not Severity.APART}
    assert wrong == {"no_rows", "required_empty", "refused_reference"}
