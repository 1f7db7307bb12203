"""Which table a file, tab or header means, and which spelling is near."""

import difflib
import re
from collections.abc import Iterable, Sequence

from onenumber.files.letters import trimmed

CANDIDATES = 20_000
"""More labels than this are compared by their letters and digits only: likeness would take too long."""


def plain(name: str) -> str:
    """A name as the contract writes names: small letters, underscores for blanks and hyphens.

    Example:
        >>> plain(" Order-Lines ")
        'order_lines'
    """
    return re.sub(r"[\s\-_]+", "_", trimmed(name).casefold())


def near(name: str, known: Sequence[str]) -> str:
    """The known name most like ``name``; empty where none is like it.

    Example:
        >>> near("abc 100", ["ABC-100", "ABC-200"]), near("xyz", ["ABC-100"])
        ('ABC-100', '')
    """
    return Spellings(known).near(name)


class Spellings:
    """A list of labels that spellings are compared with, prepared once.

    Example:
        >>> Spellings(["make_to_stock", "make_to_order"]).near("make to stok")
        'make_to_stock'
    """

    def __init__(self, known: Iterable[str]) -> None:
        self.known = list(known)
        self._letters = {_letters(name): name for name in reversed(self.known)}

    def near(self, name: str) -> str:
        """The label most like ``name``; empty where none is like it."""
        letters = _letters(name)
        if letters in self._letters:
            return self._letters[letters]
        if len(self.known) > CANDIDATES:
            return ""
        found = difflib.get_close_matches(letters, self._letters, n=1, cutoff=0.7)
        return self._letters[found[0]] if found else ""


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
