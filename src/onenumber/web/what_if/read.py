"""What a form says would be typed: the same signs as in a cell of the grid."""

import re
from collections.abc import Mapping

from onenumber.errors.steps import BadArgumentError
from onenumber.web.what_if.model import Tried

WRITTEN = re.compile(r"(=?)([+-]?)(\d+(?:\.\d*)?|\.\d+)(%?)")
SPACES = str.maketrans("", "", " \u00a0\u202f'")
MOST = 36


def tried_in(layer: str, sent: Mapping[str, str]) -> Tried:
    """What a form tries.

    Raises:
        BadArgumentError: if what is typed is no figure, or the months are no number.
    """
    months, typed = sent.get("months", "1"), sent.get("typed", "").strip()
    if not months.isdecimal() or not 1 <= int(months) <= MOST:
        raise BadArgumentError(step="edit", argument="periods", value=months, reason=f"it is from 1 to {MOST}")
    mode, value = read_typed(typed) if typed else ("", 0.0)
    return Tried(
        layer=layer, level=sent.get("level", ""), key=sent.get("key", ""), month=sent.get("month", ""),
        months=int(months), typed=typed, mode=mode, value=value,
    )  # fmt: skip


def read_typed(text: str) -> tuple[str, float]:
    """Mode and value of what is typed: a figure, a change with its sign, or a percent.

    Raises:
        BadArgumentError: if it is none.

    Example:
        >>> read_typed("120"), read_typed("+10"), read_typed("-5 %"), read_typed("=-3")
        (('set', 120.0), ('add', 10.0), ('percent', -5.0), ('set', -3.0))
    """
    plain = text.replace("\u2212", "-").replace("\u2013", "-").translate(SPACES).replace(",", ".")
    found = WRITTEN.fullmatch(plain)
    if found is None or (found[1] and found[4]):
        reason = "type 120 for a figure, +10 or -10 for a change, +5% for a percent"
        raise BadArgumentError(step="edit", argument="value", value=text, reason=reason)
    equals, sign, digits, percent = found.groups()
    mode = "percent" if percent else "add" if sign and not equals else "set"
    return mode, float(f"{sign}{digits}")
