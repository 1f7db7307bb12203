"""What an option changes, in words: one template per kind of difference."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from onenumber.model.amounts import in_short
from onenumber.model.finding import Value
from onenumber.model.period import Calendar
from onenumber.review.ground import Ground
from onenumber.review.naming import Names, name_of, named_values
from onenumber.supply.differences import Difference, Precedence, Together, kind_of

UNNAMED: Names = MappingProxyType({})
CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "overtime": "Overtime step {step} on {resource} {when}.",
        "move_window": "Maintenance {called} starts on {start}.",
        "second_source": "{item} for {site} may also come from {vendor}.",
        "precedence": "On {resource} {order}, {when}.",
        "fair_share": "All divisions share {resource} by what they need, {when}.",
        "do_nothing": "Nothing changes: the proposed plan stands.",
        "plant_limit": "The plan is made with what {site} can make of {item} in {first}: {quantity}.",
        "together": "{parts}",
        "firm_move": "Up to {quantity} more of {item} may come to {site} in {first}.",
    }
)
"""Every kind of difference with its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an option changes: the kind of its difference, and its values with periods by their labels."""

    kind: str
    values: Mapping[str, Value]


def change_of(difference: Difference, calendar: Calendar, names: Names, *, windows: Names = UNNAMED) -> Change:
    """A difference as it is said; ``names`` are those of the master data, ``windows`` what maintenance is called."""
    if isinstance(difference, Together):
        said = [say_change(change_of(part, calendar, names, windows=windows)) for part in difference.parts]
        return Change(kind=kind_of(difference), values={"parts": " ".join(said)})
    given = {field.name: getattr(difference, field.name) for field in fields(difference)}
    values = named_values({name: _plain(value) for name, value in given.items()}, names)
    if "window" in given:
        values["called"] = windows.get(given["window"], given["window"])
    if isinstance(difference, Precedence):
        leader, *rest = (name_of("division", one, names) for one in difference.order)
        values["order"] = ", then ".join([f"{leader} goes first", *rest])
    first = given.get("first", given.get("period"))
    if first is not None:
        values["first"] = calendar[first].label
        values["last"] = calendar[first + given.get("periods", 1) - 1].label
        one = values["first"] == values["last"]
        values["when"] = f"in {values['first']}" if one else f"from {values['first']} to {values['last']}"
    return Change(kind=kind_of(difference), values=values)


def _plain(value: object) -> Value:
    """A number in short; what is none as text."""
    if isinstance(value, float):
        return in_short(value)
    return value if isinstance(value, int) else str(value)


def say_change(change: Change) -> str:
    """The change as a sentence.

    Example:
        >>> say_change(Change(kind="second_source", values={"item": "M-1", "site": "BRN", "vendor": "V09"}))
        'M-1 for BRN may also come from V09.'
    """
    return CHANGES[change.kind].format(**change.values)


def change_in(difference: Difference, ground: Ground) -> Change:
    """A difference as it is said on the ground of a cycle."""
    return change_of(difference, ground.frame.calendar, ground.names, windows=ground.windows)
