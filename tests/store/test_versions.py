"""The version store: what goes in comes out, equal content is one version, and a killed process leaves no half."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.errors import LostContentError
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.model.sheet import Sheet, SheetKind, content_hash
from onenumber.store.shelf import Shelf
from onenumber.store.versions import AT_HAND, Versions

AXIS = Axis("stream", np.array(["A|x", "B|y", "Z|ü"]), {"patch": np.array(["Nord", "", "Süd"])})
TOP = Path(__file__).resolve().parents[2]
ENV = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TOP / "src"), str(TOP)))}
UNITS = np.array(["kg", "pcs", "pcs"])


def _sheet(values: np.ndarray, state: np.ndarray) -> Sheet:
    cube = Cube("demand", np.where(state == State.PRESENT, values, 0.0), state, AXIS, 7, UNITS)
    table = pl.DataFrame({"n": [1, None], "text": ["a", 'b;\n"c'], "share": [0.1, None]})
    return Sheet(kind=SheetKind.HISTORY, cubes={"demand": cube}, tables={"t": table}, notes={"units": 1.5, "ok": True})


SMALL = _sheet(np.arange(6.0).reshape(3, 2), np.array([[0, 1], [2, 0], [0, 0]], dtype=np.uint8))


@given(
    values=hnp.arrays(np.float64, (3, 4), elements=st.floats(-1e12, 1e12)),
    state=hnp.arrays(np.uint8, (3, 4), elements=st.integers(0, 4)),
)
def test_what_goes_in_comes_out_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, values: np.ndarray, state: np.ndarray
) -> None:
    versions = Versions(tmp_path_factory.mktemp("store"))
    sheet = _sheet(values, state)
    found = versions.read(versions.put(sheet))
    assert content_hash(found) == content_hash(sheet)
    assert found.cubes["demand"].values.tobytes() == sheet.cubes["demand"].values.tobytes()
    assert found.tables["t"].equals(sheet.tables["t"])
    assert found.notes == sheet.notes


def test_a_cube_written_in_a_column_per_period_is_read(tmp_path: Path) -> None:
    """As cubes were written first; old files are never rewritten."""
    versions = Versions(tmp_path)
    content = versions.put(SMALL)
    cube = SMALL.cubes["demand"]
    columns = {"unit": cube.units.tolist()}
    columns |= {f"v{k}": cube.values[:, k] for k in range(2)} | {f"s{k}": cube.state[:, k] for k in range(2)}
    pl.DataFrame(columns).write_parquet(versions.path(content) / "cube.demand.parquet")
    assert content_hash(versions.read(content)) == content


def test_equal_content_is_one_version(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    assert versions.put(SMALL) == versions.put(SMALL)
    assert len(versions.contents()) == 1


def test_a_working_copy_is_disposable(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    content = versions.put(SMALL)
    versions.read(content)
    versions.discard_working()
    assert versions.get(content).cubes["demand"].state.tolist() == SMALL.cubes["demand"].state.tolist()


def test_what_was_written_is_at_hand_and_nobody_writes_into_it(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    sheet = _sheet(np.ones((3, 2)), np.zeros((3, 2), dtype=np.uint8))
    found = versions.get(versions.put(sheet))
    assert found is sheet
    assert AT_HAND.content_of(tmp_path, sheet) == content_hash(sheet)
    assert AT_HAND.content_of(tmp_path, _sheet(np.ones((3, 2)), np.zeros((3, 2), dtype=np.uint8))) is None
    with pytest.raises(ValueError, match="read-only"):
        found.cubes["demand"].values[0, 0] = 2.0


def test_the_shelf_gives_up_what_was_used_longest_ago() -> None:
    shelf, reads = Shelf(kept=2), []

    def read(name: str) -> Sheet:
        return shelf.get((Path(), name), lambda: reads.append(name) or SMALL)

    for name in ("a", "b", "a", "c", "a", "b"):
        read(name)
    assert reads == ["a", "b", "c", "b"]


def test_lost_files_are_named(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    content = versions.put(SMALL)
    versions.discard(content)
    with pytest.raises(LostContentError, match=f"The files of sheet {content[:12]} are not in"):
        versions.get(content)


def test_a_process_killed_at_any_write_leaves_no_half(tmp_path: Path) -> None:
    """A child process dies at its n-th sync; whatever n is, the store has the whole sheet or nothing."""
    syncs = _count_syncs(tmp_path / "count")
    assert syncs >= 6
    for n in range(syncs):
        root = tmp_path / f"at-{n}"
        _put_and_die(root, at=n)
        versions = Versions(root)
        content = content_hash(SMALL)
        if versions.has(content):
            assert content_hash(versions.read(content)) == content
        assert versions.put(SMALL) == content  # and the next try simply works
        assert content_hash(versions.read(content)) == content


def _put_and_die(root: Path, *, at: int) -> None:
    """Put the sheet in a process of its own, which ends without a word before its ``at``-th sync."""
    script = (
        "import os, pathlib, sys\n"
        "from onenumber.store.versions import Versions\n"
        "from tests.store.test_versions import SMALL\n"
        "seen, really = [0], os.fsync\n"
        "def dying(handle):\n"
        "    if seen[0] == int(sys.argv[2]): os._exit(9)\n"
        "    seen[0] += 1; really(handle)\n"
        "os.fsync = dying\n"
        "Versions(pathlib.Path(sys.argv[1])).put(SMALL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(root), str(at)], cwd=TOP, env=ENV, check=False)
    assert ended.returncode in (0, 9)


def _count_syncs(root: Path) -> int:
    seen = []
    really = os.fsync
    os.fsync = lambda handle: (seen.append(handle), really(handle))[1]  # type: ignore[assignment]  # put back below
    try:
        Versions(root).put(SMALL)
    finally:
        os.fsync = really
    shutil.rmtree(root)
    return len(seen)
