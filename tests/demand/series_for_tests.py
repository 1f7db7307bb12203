"""Series that tests share: one of every kind that has ever broken a batch."""

import numpy as np

NAN = np.nan


def noisy(seed: int, periods: int = 48, level: float = 100.0) -> np.ndarray:
    """A seasonal series with noise, trend and nothing odd."""
    rng = np.random.default_rng(seed)
    t = np.arange(periods)
    return level * (1 + 0.3 * np.sin(2 * np.pi * t / 12) + 0.005 * t) * rng.lognormal(0.0, 0.1, periods)


def _tail(*values: float, periods: int = 48) -> np.ndarray:
    return np.array([NAN] * (periods - len(values)) + list(values))


def _with_gaps() -> np.ndarray:
    y = noisy(3)
    y[[5, 20, 21, 22, 40, 47]] = NAN
    return y


ODD = {
    "gaps": _with_gaps(),
    "constant": np.full(48, 7.0),
    "all zero": np.zeros(48),
    "never seen": np.full(48, NAN),
    "one observation": _tail(5.0),
    "two observations": _tail(5.0, 9.0),
    "two with a gap between": _tail(5.0, NAN, 9.0),
    "three observations": _tail(5.0, 9.0, 7.0),
    "shorter than a year": _tail(*noisy(4)[:7]),
    "a year and a bit": _tail(*noisy(5)[:14]),
    "negative": noisy(6) - 95.0,
    "all negative": -noisy(7),
    "infinite": np.where(np.arange(48) == 30, np.inf, noisy(8)),
    "absurdly large": np.where(np.arange(48) == 30, 1e300, noisy(8)),
    "large": noisy(9) * 1e97,
    "tiny": noisy(10) * 1e-290,
    "rare": np.where(np.arange(48) % 7 == 0, 3.0, 0.0),
    "every third month": np.where(np.arange(48) % 3 == 0, 12.0, 0.0),
    "ended": np.where(np.arange(48) < 20, noisy(11), 0.0),
    "one spike": np.where(np.arange(48) == 10, 1e6, 0.0),
    "begins with zeros": np.where(np.arange(48) < 30, 0.0, noisy(12)),
    "exponential": np.exp(np.arange(48.0)),
    "cancelling out": np.where(np.arange(48) % 2 == 0, 5.0, -5.0),
}
