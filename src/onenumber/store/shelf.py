"""Sheets at hand in this process: the last few that were read or written."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from onenumber.model.sheet import Sheet

KEPT = 24
"""Sheets kept at hand in a process: about what two cycles of one plan read."""
Key = tuple[Path, str]


class Shelf:
    """The last few sheets by folder and content hash; a version never changes, so what is at hand is never old."""

    def __init__(self, kept: int = KEPT) -> None:
        """Room for so many sheets."""
        self._kept = kept
        self._sheets: OrderedDict[Key, Sheet] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, read: Callable[[], Sheet]) -> Sheet:
        """The sheet at hand, else what ``read`` brings, which is then at hand."""
        with self._lock:
            if key in self._sheets:
                self._sheets.move_to_end(key)
                return self._sheets[key]
        sheet = read()
        self.put(key, sheet)
        return sheet

    def put(self, key: Key, sheet: Sheet) -> None:
        """Lay a sheet at hand; from now on nobody may write into its arrays. The one used longest ago gives way."""
        for cube in sheet.cubes.values():
            for array in (cube.values, cube.state, cube.units):
                array.flags.writeable = False
        with self._lock:
            self._sheets[key] = sheet
            self._sheets.move_to_end(key)
            while len(self._sheets) > self._kept:
                self._sheets.popitem(last=False)

    def content_of(self, folder: Path, sheet: Sheet) -> str | None:
        """The content hash of a sheet that is itself at hand (not one that only equals it)."""
        with self._lock:
            return next((key[1] for key, held in self._sheets.items() if held is sheet and key[0] == folder), None)

    def clear(self) -> None:
        """Nothing is at hand."""
        with self._lock:
            self._sheets.clear()
