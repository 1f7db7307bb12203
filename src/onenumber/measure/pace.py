"""How a running month goes: what was due by now, and where it lands at the pace so far (domain.md §2.2)."""

from collections.abc import Sequence


def due_by_now(*, planned: float, gone: int, days: int) -> float | None:
    """What an even pace would have brought by now: ``planned x working days gone / working days``; None without days.

    Example:
        >>> due_by_now(planned=1000.0, gone=5, days=20), due_by_now(planned=1000.0, gone=0, days=0)
        (250.0, None)
    """
    return planned * gone / days if days else None


def landing(*, to_date: float, gone: int, days: int) -> float | None:
    """Where the month lands if it goes on as it went: ``to date x working days / working days gone``.

    None before the first working day has passed: nothing says how fast it goes. In the unit of ``to_date``.

    Example:
        >>> landing(to_date=300.0, gone=5, days=20), landing(to_date=300.0, gone=0, days=20)
        (1200.0, None)
    """
    return to_date * days / gone if gone else None


def furthest(pairs: Sequence[tuple[float | None, float | None]]) -> int | None:
    """Which of some (landing, planned) lies furthest from its plan, as a share of it; None where none can be told.

    A plan of nothing has no share, and is left out.

    Example:
        >>> furthest([(110.0, 100.0), (70.0, 100.0), (5.0, 0.0), (None, 10.0)])
        1
    """
    known = [(abs(to / plan - 1), -k) for k, (to, plan) in enumerate(pairs) if to is not None and plan]
    return -max(known)[1] if known else None
