"""Where the data sets beside the project are."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[3] / "shared" / "data"


def shared_data(name: str) -> Path:
    """The folder of one shared data set; skips the test where it is absent."""
    folder = Path(os.environ.get("ONENUMBER_SHARED", BESIDE)) / name
    if not folder.is_dir():
        pytest.skip(f"the data set {name} is not beside the project; ONENUMBER_SHARED may name its folder")
    return folder
