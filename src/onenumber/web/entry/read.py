"""What a browser sends from the entry page, checked before any step sees it."""

import math
from collections.abc import Mapping

from onenumber.errors.steps import BadArgumentError
from onenumber.web.entry.model import EntryTyped, LineTyped

BETWEEN = "|"
"""Between the customer and the family of a line; neither key may hold it (an axis does not either)."""


def typed_in(sent: Mapping[str, str]) -> EntryTyped:
    """What a form of lines says; what was left empty was not typed.

    Raises:
        BadArgumentError: for what is no figure, and where nothing was typed at all and nothing is handed in.

    Example:
        >>> one = typed_in({"seen": "3", "line-0": "alpha|FA", "figure-0": "1 200,5", "line-1": "beta|FB"}).lines[0]
        >>> one.customer, one.family, one.figure
        ('alpha', 'FA', 1200.5)
    """
    seen = int(sent["seen"]) if sent.get("seen", "").isdecimal() else None
    if sent.get("undo"):
        return EntryTyped(undo=tuple(int(one) for one in sent["undo"].split(",") if one.isdecimal()), seen=seen)
    if sent.get("back"):
        customer, _, family = sent["back"].partition(BETWEEN)
        return EntryTyped(lines=(LineTyped(customer=customer, family=family, back=True, months={}),), seen=seen)
    numbers = [name.removeprefix("line-") for name in sent if name.startswith("line-")]
    found = tuple(line for one in numbers if (line := _line(sent, one)) is not None)
    hand_in = sent.get("hand_in", "")
    if not found and not hand_in:
        raise _bad(argument="figure", value="", reason="type a figure or a percentage in a line first")
    return EntryTyped(lines=found, seen=seen, hand_in=hand_in)


def _line(sent: Mapping[str, str], number: str) -> LineTyped | None:
    customer, _, family = sent[f"line-{number}"].partition(BETWEEN)
    figures = {name: _figure(sent, f"{name}-{number}") for name in ("figure", "percent", "low", "high")}
    months = {
        name.removeprefix(f"month-{number}-"): value
        for name in sent
        if name.startswith(f"month-{number}-") and (value := _figure(sent, name)) is not None
    }
    if figures["figure"] is None and figures["percent"] is None and not months:
        return None
    if figures["figure"] is not None and figures["percent"] is not None:
        raise _bad(
            argument="figure", value=figures["figure"], reason="type a figure or a percentage in a line, not both"
        )
    return LineTyped(
        customer=customer, family=family, figure=figures["figure"], percent=figures["percent"], low=figures["low"],
        high=figures["high"], first=sent.get(f"first-{number}", ""), months=months,
        reason=sent.get(f"why-{number}", "").strip(),
    )  # fmt: skip


def _figure(sent: Mapping[str, str], name: str) -> float | None:
    """A figure as people type it: blanks between thousands, a comma or a point before decimals, a % or a + dropped."""
    text = sent.get(name, "").strip()
    plain = "".join(text.split()).replace("\u2212", "-").replace(",", ".").rstrip("%")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _bad(argument=name.partition("-")[0], value=text, reason="it is no figure; type 1200 or -10")
    return value


def _bad(*, argument: str, value: object, reason: str) -> BadArgumentError:
    return BadArgumentError(step="edit", argument=argument, value=value, reason=reason)
