"""What a guide holds."""

from dataclasses import dataclass

from django.utils.functional import Promise

from onenumber.web.guide.pictures import Size

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a real screen, by the name that a journey takes it under, and what it shows in words."""

    name: str
    shows: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of her month: what it is, how it is done in a sentence or two, and by the room of its page where.

    ``until`` is the milestone of the cycle by which it is done; empty where the month sets no day.
    """

    title: Text
    how: Text
    room: str
    until: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that goes wrong, and what to do then."""

    what: Text
    then: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The guide of a role: its month in a sentence or two, its steps, and what goes wrong."""

    role: str
    lead: Text
    steps: tuple[Step, ...]
    troubles: tuple[Trouble, ...]

    @property
    def pictures(self) -> tuple[str, ...]:
        """The names of its pictures, in order."""
        return tuple(picture.name for step in self.steps for picture in step.pictures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is hers by a working day: the day, what the whole company has done by then, and her part."""

    day: int
    by_then: str
    hers: tuple[tuple[str, str], ...]
    """The code of a duty (empty: a signature or a chair), and what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureShown:
    """A picture on its page: its file, its size, so that nothing moves when it comes, and what it shows."""

    file: str
    size: Size
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """A step on its page. ``href`` is empty where who looks does not find its page, ``day`` 0 where it has none."""

    title: str
    how: str
    page: str
    href: str
    key: str
    day: int
    pictures: tuple[PictureShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLink:
    """A guide as other pages link to it."""

    href: str
    role: str
    says: str
    mine: bool = False
