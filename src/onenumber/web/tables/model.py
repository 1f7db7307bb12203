"""What a plain table shows."""

from dataclasses import dataclass, replace

from onenumber.web.act.model import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its text, where it leads, what it says when pointed at; words stand left, numbers right."""

    text: str
    href: str = ""
    hint: str = ""
    words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: what it is of, its cells, whether it asks for attention, and what the person who looks may do about it."""

    name: str
    cells: tuple[Cell, ...]
    href: str = ""
    attention: bool = False
    ways: tuple[Way, ...] = ()
    text: str = ""  # to copy and send on
    key: str = ""
    whole: bool = False  # the sum of those above it


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what it is called for who cannot see it, its heads (the first is that of the names), and its rows.

    ``words`` says of each head after the first whether its cells are words.
    """

    says: str
    heads: tuple[str, ...]
    words: tuple[bool, ...]
    rows: tuple[Row, ...]
    acts: bool = False

    @property
    def named_heads(self) -> tuple[tuple[str, bool], ...]:
        """Each head but the first with whether its cells are words."""
        return tuple(zip(self.heads[1:], self.words, strict=True))

    @property
    def lines(self) -> tuple[tuple[Row, tuple[tuple[str, Cell], ...]], ...]:
        """Each row with its cells, each by its head: on a phone a row is a block, and no head stands above it."""
        return tuple((row, tuple(zip(self.heads[1:], row.cells, strict=False))) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a page: its title, one sentence, its table, and what leads to the rest of it.

    ``opened``: the rest is shown, so there is a way back; ``unshown`` says how much even that leaves out.
    """

    kind: str
    title: str
    sentence: str
    table: Table
    more: str = ""
    opened: bool = False
    unshown: str = ""


def table(says: str, heads: tuple[str, ...], rows: tuple[Row, ...]) -> Table:
    """A table whose columns are words where every cell of the first row says so."""
    words = tuple(cell.words for cell in rows[0].cells) if rows else (False,) * (len(heads) - 1)
    acts = any(row.ways or row.text for row in rows)
    return Table(says=says, heads=heads, words=words, rows=rows, acts=acts)


def without(heads: tuple[str, ...], rows: tuple[Row, ...], column: int) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Heads and rows without one of the columns after the first, for what who looks may see of no row.

    Example:
        >>> heads, rows = without(("Item", "EUR", "Days"), (Row(name="A", cells=(words("–"), words("3"))),), 0)
        >>> heads, [cell.text for cell in rows[0].cells]
        (('Item', 'Days'), ['3'])
    """
    kept = tuple(replace(row, cells=row.cells[:column] + row.cells[column + 1 :]) for row in rows)
    return heads[: column + 1] + heads[column + 2 :], kept


def words(text: str, href: str = "", hint: str = "") -> Cell:
    """A cell of words.

    Example:
        >>> words("late").words
        True
    """
    return Cell(text=text, href=href, hint=hint, words=True)
