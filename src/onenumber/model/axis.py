"""The labels that numbers stand on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.errors.model import BadAxisError, UnknownLabelError

Labels = npt.NDArray[np.str_]
Rows = npt.NDArray[np.int64]
ROWS = pl.Schema({"label": pl.String, "row": pl.Int64})
SEPARATOR = "|"
"""Stands between the parts of a compound label; a part must not contain it."""


@dataclass(frozen=True)
class Axis:
    """An immutable, sorted list of unique labels with their attributes as of one date.

    ``attributes`` maps a name (family, division, patch ...) to one label per key; empty text means "has none".
    """

    kind: str
    keys: Labels
    attributes: Mapping[str, Labels]

    def __post_init__(self) -> None:
        if len(self.keys) > 1 and not bool(np.all(self.keys[:-1] < self.keys[1:])):
            raise BadAxisError(kind=self.kind, what="its labels are not sorted and unique")
        for name, values in self.attributes.items():
            if len(values) != len(self.keys):
                raise BadAxisError(kind=self.kind, what=f"{name} has {len(values)} values for {len(self.keys)} labels")

    def __len__(self) -> int:
        return len(self.keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Axis) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @cached_property
    def hash(self) -> str:
        """Content hash over kind, labels and attributes.

        Example:
            >>> a = Axis("item", np.array(["A", "B"]), {})
            >>> a.hash == Axis("item", np.array(["A", "B"], dtype="<U9"), {}).hash
            True
        """
        digest = hashlib.sha256(self.kind.encode())
        for name in ("", *sorted(self.attributes)):
            values = self.keys if name == "" else self.attributes[name]
            digest.update(f"\x1d{name}\x1e".encode())
            digest.update("\x1f".join(values.tolist()).encode())
        return digest.hexdigest()

    def rows(self, keys: Labels | Sequence[str]) -> Rows:
        """Row of each key.

        Raises:
            UnknownLabelError: if a key is not on the axis.

        Example:
            >>> Axis("item", np.array(["A", "B"]), {}).rows(["B", "A", "B"]).tolist()
            [1, 0, 1]
        """
        rows = self.find(keys)
        if bool(np.any(rows < 0)):
            label = str(np.asarray(keys)[rows < 0][0])
            example = str(self.keys[0]) if len(self) else ""
            raise UnknownLabelError(label=label, kind=self.kind, count=len(self), example=example)
        return rows

    def find(self, keys: Labels | Sequence[str]) -> Rows:
        """Row of each key, -1 where it is not on the axis.

        Example:
            >>> Axis("item", np.array(["A", "B"]), {}).find(["B", "C"]).tolist()
            [1, -1]
        """
        wanted = np.asarray(keys, dtype=np.str_)
        if not len(self):
            return np.full(len(wanted), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self) - 1)
        return np.where(self.keys[at] == wanted, at, -1).astype(np.int64)

    def groups(self, attribute: str) -> tuple[Labels, Rows]:
        """The distinct values of an attribute, sorted, and for each row which of them it has.

        Raises:
            UnknownLabelError: if the axis has no such attribute.

        Example:
            >>> labels, codes = Axis("item", np.array(["A", "B"]), {"family": np.array(["F2", "F1"])}).groups("family")
            >>> labels.tolist(), codes.tolist()
            (['F1', 'F2'], [1, 0])
        """
        labels, codes = np.unique(self.labels(attribute), return_inverse=True)
        return labels, codes.astype(np.int64)

    def labels(self, attribute: str) -> Labels:
        """The value of an attribute for each row.

        Raises:
            UnknownLabelError: if the axis has no such attribute.
        """
        if attribute not in self.attributes:
            near = get_close_matches(attribute, self.attributes, n=1)
            example = next(iter(near or self.attributes), "")
            raise UnknownLabelError(label=attribute, kind=self.kind, count=len(self.attributes), example=example)
        return self.attributes[attribute]

    def column(self, rows: Rows, attribute: str = "") -> pl.Series:
        """The labels of some rows, or one of their attributes, as a text column.

        Each label becomes text once and is then gathered: a text array of numpy is converted row by row.

        Example:
            >>> axis = Axis("item", np.array(["A", "B"]), {"family": np.array(["F2", "F1"])})
            >>> axis.column(np.array([1, 1, 0])).to_list(), axis.column(np.array([1]), "family").to_list()
            (['B', 'B', 'A'], ['F1'])
        """
        labels = self.attributes[attribute] if attribute else self.keys
        return pl.Series(attribute or self.kind, labels.tolist(), dtype=pl.String).gather(rows)

    def find_column(self, labels: pl.Series) -> Rows:
        """Row of each label of a text column, -1 where it is not on the axis: :meth:`find` without arrays of text.

        Example:
            >>> Axis("item", np.array(["A", "B"]), {}).find_column(pl.Series(["B", None, "C", "B"])).tolist()
            [1, -1, -1, 1]
        """
        own = pl.DataFrame({"label": self.keys.tolist(), "row": range(len(self))}, schema=ROWS)
        asked = pl.DataFrame({"label": labels}, schema={"label": pl.String})
        found = asked.join(own, on="label", how="left", maintain_order="left")["row"]
        return found.fill_null(-1).to_numpy()

    def take(self, rows: Rows) -> "Axis":
        """The axis cut to some rows, in their order on this axis.

        Example:
            >>> Axis("item", np.array(["A", "B", "C"]), {}).take(np.array([0, 2])).keys.tolist()
            ['A', 'C']
        """
        kept = np.unique(rows)
        return Axis(self.kind, self.keys[kept], {name: values[kept] for name, values in self.attributes.items()})
