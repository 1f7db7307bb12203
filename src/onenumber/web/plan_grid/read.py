"""What a browser sends to the planning grid, checked before any step sees it."""

import json
import math
from collections.abc import Mapping
from typing import Any

from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.typing import Asked
from onenumber.steps.see.plan_grid import LEVELS
from onenumber.web.plan_grid.model import GridTyped

MOST = 500
"""Values that are typed at once: each is split over its streams before any of them is kept."""
MODES = ("set", "add", "percent", "lock", "unlock")


def typed_in(body: bytes) -> GridTyped:
    """The batch in the body of a request.

    Raises:
        BadArgumentError: for whatever the grid does not send.

    Example:
        >>> one = typed_in(b'{"seen": 3, "edits": [{"level": "item", "key": "A1", "mode": "add", "value": 5}]}')
        >>> one.seen, dict(one.asked[0].place), one.asked[0].mode, one.asked[0].value
        (3, {'item': 'A1'}, 'add', 5.0)
    """
    try:
        sent = json.loads(body)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise _bad(None, "it is a JSON object")
    edits, undo = sent.get("edits", []), sent.get("undo", [])
    if not isinstance(edits, list) or not isinstance(undo, list) or not (edits or undo):
        raise _bad(None, "type something, or name what to take back")
    if len(edits) + len(undo) > MOST:
        raise _bad(len(edits) + len(undo), f"at most {MOST} at once; paste in parts, or type on a total")
    return GridTyped(
        asked=tuple(_asked(one, str(sent.get("reason", ""))) for one in edits),
        undo=tuple(_whole("undo", one) for one in undo),
        seen=None if sent.get("seen") is None else _whole("seen", sent["seen"]),
        rest=sent.get("rest") is True,
    )


def place_of(level: str, key: str) -> dict[str, str]:
    """A node of the tree as a place.

    Raises:
        BadArgumentError: if the tree has no such level.
    """
    if level not in LEVELS:
        raise _bad(level, f"the levels are {', '.join(LEVELS)}")
    return {level: key}


def _asked(one: Any, reason: str) -> Asked:
    if not isinstance(one, Mapping):
        raise _bad(one, "each is an object")
    mode, value = one.get("mode"), one.get("value")
    if mode not in MODES:
        raise _bad(mode, f"a mode is one of {', '.join(MODES)}")
    return Asked(
        place=place_of(str(one.get("level", "")), str(one.get("key", ""))),
        mode=mode,
        value=None if value is None else _number(value),
        first=str(one.get("first", "")),
        periods=_whole("periods", one.get("periods", 1)),
        reason=reason,
    )


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _bad(value, "it is no number to plan with")
    return float(value)


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _bad(value, f"{name} is a whole number")
    return value


def _bad(value: object, reason: str) -> BadArgumentError:
    return BadArgumentError(step="edit", argument="cells", value=value, reason=reason)
