"""An emergency between meetings: how long its paper waits for a decision, whose word it waits for, where it stands."""

import datetime as dt
from collections.abc import Mapping

CLOCK = dt.timedelta(hours=48)
"""How long a paper between meetings waits; then its default takes effect (domain.md 8.3)."""
OPEN, DECIDED, LAPSED, TAKEN_BACK = "open", "decided", "lapsed", "taken_back"
SUPPLY, SALES, TOP = "OP", "SM", "EX"
AND = "+"
"""Between the roles of a paper that waits for the word of both."""
ALONE = ("D1", "D2")
"""Levels within the operations leader's own limit (domain.md 8.3)."""
WITH_SALES = (*ALONE, "D3")
"""Levels that she decides with the sales leader; what is above is the executive's."""


def expires(named: dt.datetime) -> dt.datetime:
    """The moment at which the default of a paper takes effect that was named at another.

    Example:
        >>> expires(dt.datetime(2026, 6, 5, 10, tzinfo=dt.UTC)).isoformat()
        '2026-06-07T10:00:00+00:00'
    """
    return named + CLOCK


def stands(*, how: str, expires_at: dt.datetime, now: dt.datetime) -> str:
    """Where a paper between meetings stands at a moment, by how it was decided (empty: nobody did).

    It is open, decided, taken back by who named it, or lapsed because nobody decided in time.

    Example:
        >>> at = dt.datetime(2026, 6, 7, 10, tzinfo=dt.UTC)
        >>> [stands(how="", expires_at=at, now=at - dt.timedelta(hours=h)) for h in (1, 0)]
        ['open', 'lapsed']
        >>> [stands(how=how, expires_at=at, now=at) for how in ("decided", "taken_back")]
        ['decided', 'taken_back']
    """
    if how:
        return TAKEN_BACK if how == TAKEN_BACK else DECIDED
    return OPEN if now < expires_at else LAPSED


def put_before(level: str, *, waits: bool, alone: bool, together: bool) -> str:
    """Whom a paper is put before, by the level of its money (domain.md 3.4, 8.3).

    The operations leader alone within her limit, with the sales leader above it, the executive beyond both. It is hers
    too where another customer ``waits`` for it, and where nobody but its author could say yes: ``alone`` is whether an
    operations leader could, ``together`` whether two people could, one for supply and one for sales.

    Example:
        >>> [put_before(one, waits=False, alone=True, together=True) for one in ("D1", "D2", "D3", "D4")]
        ['OP', 'OP', 'OP+SM', 'EX']
        >>> put_before("D1", waits=True, alone=True, together=True)
        'EX'
        >>> put_before("D3", waits=False, alone=True, together=False)
        'EX'
    """
    if waits or level not in WITH_SALES:
        return TOP
    if level in ALONE:
        return SUPPLY if alone else TOP
    return f"{SUPPLY}{AND}{SALES}" if together else TOP


def roles_asked(role: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """The roles whose word a paper asks for: those it was put before; the executive, where they disagree.

    ``said`` is the option that each role said which spoke.

    Example:
        >>> roles_asked("OP+SM", {"OP": "A"}), roles_asked("OP+SM", {"OP": "A", "SM": "B"})
        (('OP', 'SM'), ('EX',))
    """
    return (TOP,) if len(set(said.values())) > 1 else tuple(role.split(AND))


def still_asked(role: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """Of those the ones who did not say it yet; none where all agree, and it is decided.

    Example:
        >>> still_asked("OP+SM", {}), still_asked("OP+SM", {"SM": "A"}), still_asked("OP+SM", {"SM": "A", "OP": "A"})
        (('OP', 'SM'), ('OP',), ())
    """
    return tuple(one for one in roles_asked(role, said) if one not in said)
