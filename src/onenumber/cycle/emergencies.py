"""An emergency between meetings: how long its paper waits for a decision, and where it stands."""

import datetime as dt

CLOCK = dt.timedelta(hours=48)
"""How long a paper between meetings waits; then its default takes effect (domain.md 8.3)."""
OPEN, DECIDED, LAPSED = "open", "decided", "lapsed"


def expires(named: dt.datetime) -> dt.datetime:
    """The moment at which the default of a paper takes effect that was named at another.

    Example:
        >>> expires(dt.datetime(2026, 6, 5, 10, tzinfo=dt.UTC)).isoformat()
        '2026-06-07T10:00:00+00:00'
    """
    return named + CLOCK


def stands(*, decided: bool, expires_at: dt.datetime, now: dt.datetime) -> str:
    """Where a paper between meetings stands at a moment: open, decided, or lapsed because nobody decided in time.

    Example:
        >>> at = dt.datetime(2026, 6, 7, 10, tzinfo=dt.UTC)
        >>> [stands(decided=False, expires_at=at, now=at - dt.timedelta(hours=h)) for h in (1, 0)]
        ['open', 'lapsed']
        >>> stands(decided=True, expires_at=at, now=at)
        'decided'
    """
    if decided:
        return DECIDED
    return OPEN if now < expires_at else LAPSED
