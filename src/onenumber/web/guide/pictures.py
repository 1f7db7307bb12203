"""The pictures that guides show: where each lies, and how large it is."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

WEBP = {b"VP8 ": (26, 2, 0), b"VP8X": (24, 3, 1)}
"""Where a picture's width begins, by the kind of its first chunk, in how many bytes, and what is to be added to it."""
BITS = 0x3FFF
SCALE = 1.25
"""Pixels of a picture for one of the page, so that it is sharp where it is shown as large as the page was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height of a picture, in pixels."""

    width: int
    height: int

    @property
    def shown(self) -> "Size":
        """As large as the page was.

        Example:
            >>> Size(width=1375, height=500).shown
            Size(width=1100, height=400)
        """
        return Size(width=round(self.width / SCALE), height=round(self.height / SCALE))


def file_of(name: str) -> str:
    """The static file of a picture.

    Example:
        >>> file_of("sp-entry")
        'guide/sp-entry.webp'
    """
    return f"guide/{name}.webp"


@cache
def size_of(name: str) -> Size:
    """How large a picture is, read once from its file.

    Raises:
        FileNotFoundError: if no journey has taken it.
    """
    found = finders.find(file_of(name))
    if not found:
        raise FileNotFoundError(file_of(name))
    return size_in(Path(str(found)).read_bytes())


def size_in(content: bytes) -> Size:
    """The size that the head of a WebP picture says; of the two kinds that a browser takes.

    Example:
        >>> size_in(b"RIFF....WEBPVP8X" + bytes(8) + (1099).to_bytes(3, "little") + (719).to_bytes(3, "little"))
        Size(width=1100, height=720)
        >>> size_in(b"RIFF....WEBPVP8 " + bytes(10) + (1100).to_bytes(2, "little") + (720).to_bytes(2, "little"))
        Size(width=1100, height=720)
    """
    start, wide, more = WEBP[content[12:16]]
    width, height = (int.from_bytes(content[at : at + wide], "little") for at in (start, start + wide))
    return Size(width=width + more, height=height + more) if more else Size(width=width & BITS, height=height & BITS)
