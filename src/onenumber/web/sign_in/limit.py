"""How often a login may be tried with a wrong password: ten times in a quarter of an hour."""

import hashlib
import time

from django.core.cache import cache

MOST = 10
SECONDS = 15 * 60


def minutes_to_wait(login: str, *, now: float | None = None) -> int:
    """Whole minutes until the login may be tried again; 0 if it may be now."""
    moment = time.time() if now is None else now
    tries = _tries(login, moment)
    return -(-int(tries[-MOST] + SECONDS - moment) // 60) or 1 if len(tries) >= MOST else 0


def failed(login: str, *, now: float | None = None) -> None:
    """Remember a try that failed, whether or not there is such a login."""
    moment = time.time() if now is None else now
    cache.set(_key(login), [*_tries(login, moment), moment][-MOST:], SECONDS)


def passed(login: str) -> None:
    """Forget the tries of who got in."""
    cache.delete(_key(login))


def _tries(login: str, now: float) -> list[float]:
    found: list[float] = cache.get(_key(login), [])
    return [moment for moment in found if moment > now - SECONDS]


def _key(login: str) -> str:
    return f"sign-in:{hashlib.sha256(login.encode()).hexdigest()}"
