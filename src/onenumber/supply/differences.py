"""What an option changes: typed differences that a plan is made with, and their JSON."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from onenumber.errors.supply import BadDifferenceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtime:
    """Open an overtime step that needs a decision, for ``periods`` periods from calendar index ``first``."""

    resource: str
    step: int
    first: int
    periods: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveWindow:
    """Let a movable maintenance window start on another day; its length and hours stay."""

    window: str
    start: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondSource:
    """Use a vendor that needs a decision for an item at a site."""

    vendor: str
    item: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """Serve divisions in this order where they compete for a resource, from calendar index ``first``.

    ``floor_share`` of its claim (hours that its demand needs) is kept for every other division first.
    """

    resource: str
    first: int
    periods: int
    order: tuple[str, ...]
    floor_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FairShare:
    """Share a resource in proportion to the claims of the divisions, from calendar index ``first``."""

    resource: str
    first: int
    periods: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNothing:
    """Change nothing: what happens without a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmMove:
    """An emergency: up to ``quantity`` more may come within a firm period (calendar index).

    Where a ``stream`` is named it asks for so much more in that period than the plan knew.
    """

    item: str
    site: str
    period: int
    quantity: float
    stream: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantLimit:
    """What a plant cannot make: at most ``quantity`` of an item comes from it in a period (calendar index).

    What was released beyond that does not come either.
    """

    item: str
    site: str
    period: int
    quantity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Several differences at once, none of them of this kind."""

    parts: tuple["Single", ...]


Single = Overtime | MoveWindow | SecondSource | Precedence | FairShare | DoNothing | FirmMove | PlantLimit
Difference = Single | Together
KINDS: MappingProxyType[str, type[Difference]] = MappingProxyType(
    {
        "overtime": Overtime,
        "move_window": MoveWindow,
        "second_source": SecondSource,
        "precedence": Precedence,
        "fair_share": FairShare,
        "do_nothing": DoNothing,
        "firm_move": FirmMove,
        "plant_limit": PlantLimit,
        "together": Together,
    }
)
"""Every difference by the word that stands in its JSON."""


def singly(differences: Iterable[Difference]) -> tuple[Single, ...]:
    """Differences one by one, those that stand for several included.

    Example:
        >>> both = Together(parts=(DoNothing(), SecondSource(vendor="V", item="M", site="P")))
        >>> [kind_of(one) for one in singly([both, DoNothing()])]
        ['do_nothing', 'second_source', 'do_nothing']
    """
    found: list[Single] = []
    for one in differences:
        found += one.parts if isinstance(one, Together) else (one,)
    return tuple(found)


def kind_of(difference: Difference) -> str:
    """The word of a difference.

    Example:
        >>> kind_of(DoNothing())
        'do_nothing'
    """
    return next(word for word, kind in KINDS.items() if type(difference) is kind)


def to_json(difference: Difference) -> str:
    """One line of JSON that :func:`from_json` reads back.

    Example:
        >>> to_json(MoveWindow(window="W1", start=dt.date(2026, 5, 4)))
        '{"kind": "move_window", "start": "2026-05-04", "window": "W1"}'
    """
    return json.dumps(_fields(difference), sort_keys=True, default=str)


def _fields(difference: Difference) -> dict[str, object]:
    if isinstance(difference, Together):
        return {"kind": kind_of(difference), "parts": [_fields(part) for part in difference.parts]}
    return {"kind": kind_of(difference), **asdict(difference)}


def from_json(text: str) -> Difference:
    """The difference that :func:`to_json` wrote.

    Raises:
        BadDifferenceError: if the text names no known difference, or its fields do not fit.

    Example:
        >>> from_json('{"kind": "fair_share", "resource": "L1", "first": 4, "periods": 2}')
        FairShare(resource='L1', first=4, periods=2)
        >>> from_json('{"kind": "magic"}')
        Traceback (most recent call last):
        onenumber.errors.supply.BadDifferenceError: The difference cannot be applied: 'magic' is no known kind.
    """
    return _read(json.loads(text))


def _read(fields: dict[str, Any]) -> Difference:
    word = fields.pop("kind", "")
    if word not in KINDS:
        raise BadDifferenceError(what=f"{word!r} is no known kind")
    kind = KINDS[word]
    if kind is MoveWindow:
        fields["start"] = dt.date.fromisoformat(fields["start"])
    if kind is Together:
        return Together(parts=singly([_read(part) for part in fields["parts"]]))
    if kind is Precedence:
        fields["order"] = tuple(fields["order"])
    try:
        return kind(**fields)
    except TypeError as error:
        raise BadDifferenceError(what=f"{word}: {error}") from error
