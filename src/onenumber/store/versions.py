"""The version store: sheets as files named by what they say, written whole or not at all."""

import datetime as dt
import json
import os
import shutil
import uuid
from pathlib import Path

import numpy as np
import polars as pl

from onenumber.errors.store import LostContentError
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube
from onenumber.model.sheet import Sheet, SheetKind, content_hash
from onenumber.store.shelf import Shelf

AT_HAND = Shelf()
"""Of this process."""


class Versions:
    """``put`` a sheet and ``get`` it back by its content hash. Today a folder.

    ``sheets/`` is the archive (Parquet, never rewritten); ``working/`` holds mapped arrays of the cubes, derived and
    disposable.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._archive = root / "sheets"
        self._working = root / "working"
        self._tmp = root / "tmp"

    def __eq__(self, other: object) -> bool:
        """Two stores of one folder are the same store."""
        return isinstance(other, Versions) and self._root == other._root

    def __hash__(self) -> int:
        return hash(self._root)

    def path(self, content: str) -> Path:
        """Folder of a version."""
        return self._archive / content[:2] / content

    def has(self, content: str) -> bool:
        """Whether the version is there, whole."""
        return self.path(content).is_dir()

    def put(self, sheet: Sheet) -> str:
        """Write a sheet and return its content hash; equal content is written once.

        All files go into a temporary folder, are synced, and the folder is renamed: a killed process leaves nothing
        that ``get`` would find.
        """
        content = AT_HAND.content_of(self._root, sheet) or content_hash(sheet)
        if self.has(content):
            os.utime(self.path(content))  # wanted again now: its row may be on the way
            return content
        folder = self._tmp / uuid.uuid4().hex
        folder.mkdir(parents=True)
        _write_tables(folder, sheet)
        _write_cubes(folder, sheet)
        _write_json(folder / "sheet.json", _frontispiece(sheet))
        _move_into_place(folder, self.path(content))
        AT_HAND.put((self._root, content), sheet)
        return content

    def get(self, content: str) -> Sheet:
        """A version; the last few that were read or written are at hand.

        Raises:
            LostContentError: if its files are not there.
        """
        return AT_HAND.get((self._root, content), lambda: self.read(content))

    def read(self, content: str) -> Sheet:
        """Read a version from its files."""
        folder = self.path(content)
        if not folder.is_dir():
            raise LostContentError(content=content[:12], folder=self._archive)
        page = json.loads((folder / "sheet.json").read_text())
        axes = {key: _read_axis(folder, key, kind) for key, kind in page["axes"].items()}
        return Sheet(
            kind=SheetKind(page["kind"]),
            tables={name: pl.read_parquet(folder / f"table.{name}.parquet") for name in page["tables"]},
            cubes={name: self._cube(content, name, entry, axes) for name, entry in page["cubes"].items()},
            notes=page["notes"],
            schema=page["schema"],
        )

    def contents(self, *, older_than: dt.datetime | None = None) -> list[str]:
        """Every version in the archive, or those that were last put before a moment."""
        return sorted(folder.name for folder in self._archive.glob("*/*") if _is_older(folder, older_than))

    def discard(self, content: str) -> None:
        """Remove a version's files; the caller makes sure that no row names it."""
        shutil.rmtree(self.path(content))
        shutil.rmtree(self._working / content, ignore_errors=True)
        AT_HAND.clear()

    def discard_working(self, *, older_than: dt.datetime | None = None) -> None:
        """Remove every working copy, and what killed processes left behind (before a moment, as others may write)."""
        AT_HAND.clear()
        shutil.rmtree(self._working, ignore_errors=True)
        for folder in self._tmp.glob("*"):
            if _is_older(folder, older_than):
                shutil.rmtree(folder, ignore_errors=True)

    def _cube(self, content: str, name: str, entry: dict[str, str], axes: dict[str, Axis]) -> Cube:
        axis = axes[entry["axis"]]
        values, state, units = self._mapped(content, name)
        return Cube(entry["measure"], values, state, axis, int(entry["first"]), units)

    def _mapped(self, content: str, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        folder = self._working / content
        files = [folder / f"{name}.{part}.npy" for part in ("values", "state", "units")]
        if not all(file.exists() for file in files):
            parts = _read_cube(self.path(content), name)
            folder.mkdir(parents=True, exist_ok=True)
            for file, part in zip(files, parts, strict=True):
                _save_array(file, part)
        return np.load(files[0], mmap_mode="r"), np.load(files[1], mmap_mode="r"), np.load(files[2])


def _is_older(folder: Path, moment: dt.datetime | None) -> bool:
    return moment is None or folder.stat().st_mtime < moment.timestamp()


def _frontispiece(sheet: Sheet) -> dict[str, object]:
    return {
        "kind": sheet.kind.value,
        "schema": sheet.schema,
        "notes": dict(sheet.notes),
        "tables": sorted(sheet.tables),
        "axes": {cube.axis.hash: cube.axis.kind for cube in sheet.cubes.values()},
        "cubes": {
            name: {"measure": cube.measure, "first": cube.first, "axis": cube.axis.hash}
            for name, cube in sorted(sheet.cubes.items())
        },
    }


def _write_tables(folder: Path, sheet: Sheet) -> None:
    for name in sorted(sheet.tables):
        _write_parquet(folder / f"table.{name}.parquet", sheet.tables[name])


def _write_cubes(folder: Path, sheet: Sheet) -> None:
    for key, axis in {cube.axis.hash: cube.axis for cube in sheet.cubes.values()}.items():
        labels = {"key": axis.keys} | {f"a.{name}": values for name, values in axis.attributes.items()}
        _write_parquet(folder / f"axis.{key}.parquet", _text_frame(labels))
    for name in sorted(sheet.cubes):
        cube = sheet.cubes[name]
        rows = [_rows_of("values", cube.values, pl.Float64), _rows_of("state", cube.state, pl.UInt8)]
        _write_parquet(folder / f"cube.{name}.parquet", _text_frame({"unit": cube.units}).hstack(rows))


def _rows_of(name: str, array: np.ndarray, kind: type[pl.DataType]) -> pl.Series:
    """A column that holds a row of the array in each cell: a column per period takes six times as long to write."""
    return pl.Series(name, np.ascontiguousarray(array).ravel(), dtype=kind).reshape(array.shape)


def _text_frame(columns: dict[str, np.ndarray]) -> pl.DataFrame:
    return pl.DataFrame({name: pl.Series(values.tolist(), dtype=pl.String) for name, values in columns.items()})


def _read_axis(folder: Path, key: str, kind: str) -> Axis:
    table = pl.read_parquet(folder / f"axis.{key}.parquet")
    attributes = {name[2:]: _labels(table[name]) for name in table.columns if name != "key"}
    return Axis(kind, _labels(table["key"]), attributes)


def _read_cube(folder: Path, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = pl.read_parquet(folder / f"cube.{name}.parquet")
    read = _from_rows if "values" in table.columns else _from_columns
    return (*read(table), _labels(table["unit"]))


def _from_rows(table: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return table["values"].to_numpy(), table["state"].to_numpy()


def _from_columns(table: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """As cubes were written first: a column of values and one of states for each period."""
    periods = (len(table.columns) - 1) // 2
    shape = (len(table), periods)
    values, state = np.empty(shape), np.empty(shape, dtype=np.uint8)
    for k in range(periods):
        values[:, k] = table[f"v{k}"].to_numpy()
        state[:, k] = table[f"s{k}"].to_numpy()
    return values, state


def _labels(column: pl.Series) -> np.ndarray:
    return np.array(column.to_list(), dtype=np.str_)


def _write_parquet(path: Path, table: pl.DataFrame) -> None:
    table.write_parquet(path, compression="zstd", statistics=False)
    _sync(path)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, sort_keys=True))
    _sync(path)


def _save_array(path: Path, array: np.ndarray) -> None:
    partial = path.with_suffix(f".{uuid.uuid4().hex}.npy")
    np.save(partial, array)
    partial.replace(path)


def _move_into_place(folder: Path, target: Path) -> None:
    _sync(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():  # another process wrote the same content first
            raise
        shutil.rmtree(folder)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
