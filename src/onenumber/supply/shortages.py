"""What comes late or never, for which stream, why, and when it comes."""

import numpy as np
import polars as pl

from onenumber.supply.explain import Tracer
from onenumber.supply.horizon import Floats, Ints
from onenumber.supply.network import Network
from onenumber.supply.split import ByStream

LEAST = 1e-6
"""Quantities of at most this much are no shortage."""
SCHEMA = {
    "stream": pl.String, "period": pl.Int64, "asked": pl.Float64, "short": pl.Float64, "lost": pl.Float64,
    "cause": pl.String, "cause_at": pl.String, "cause_period": pl.Int64, "price": pl.Float64, "next_period": pl.Int64,
}  # fmt: skip


def short_quantities(network: Network, parts: ByStream) -> tuple[Floats, Floats]:
    """What was asked in each period (past-due orders in the first) and how much of it was not shipped in it.

    The oldest is served first, so of what waits or is lost at the end of a period at most what it asked is new.
    """
    asked = network.nodes.stream_demand.copy()
    asked[:, 0] += network.nodes.stream_opening
    return asked, np.minimum(asked, parts.backlog + parts.lost)


def shortage_table(network: Network, parts: ByStream, tracer: Tracer) -> pl.DataFrame:
    """One row for each stream and period short, with its cause and the period by which all of it has come (or null)."""
    nodes, first = network.nodes, network.horizon.first
    asked, short = short_quantities(network, parts)
    stream, t = np.nonzero(short > LEAST)
    node = nodes.node_of[stream]
    places = sorted(set(zip(node.tolist(), t.tolist(), strict=True)))
    causes = {place: tracer.of_node(*place) for place in places}
    found = [causes[place] for place in zip(node.tolist(), t.tolist(), strict=True)]
    rows, place = np.unique(stream, return_inverse=True)
    of = {"shipped": parts.shipped[rows], "lost": parts.lost[rows]}
    comes = comes_by(asked=asked[rows], short=short[rows], **of)[place, t]
    columns = {
        "stream": nodes.axis.column(stream),
        "period": t + first,
        "asked": asked[stream, t],
        "short": short[stream, t],
        "lost": np.minimum(parts.lost[stream, t], short[stream, t]),
        "cause": [c.code for c in found],
        "cause_at": [c.at for c in found],
        "cause_period": [c.t + first for c in found],
        "price": nodes.stream_price[stream, t],
        "next_period": [int(at) + first if at >= 0 else None for at in comes.tolist()],
    }
    return pl.DataFrame(columns, schema=SCHEMA).sort("stream", "period")


def comes_by(*, asked: Floats, short: Floats, shipped: Floats, lost: Floats) -> Ints:
    """The period by which all that was asked in one has come, -1 if never: beyond the plan, or all its rest is lost.

    Where nothing is short that is the period itself; (streams x periods), all from the first of the plan on.

    Example:
        >>> given = {"shipped": np.array([[4.0, 3.0, 3.0, 0.0]]), "lost": np.array([[0.0, 0.0, 0.0, 2.0]])}
        >>> comes_by(asked=np.array([[10.0, 0.0, 0.0, 2.0]]), short=np.array([[6.0, 0.0, 0.0, 2.0]]), **given).tolist()
        [[2, 1, 2, -1]]
    """
    own = np.broadcast_to(np.arange(asked.shape[1]), asked.shape)
    by, sent = next_periods(asked=asked, shipped=shipped, lost=lost), np.cumsum(shipped, axis=1)
    comes = (lost < short - LEAST) & (np.take_along_axis(sent, np.maximum(by, 0), axis=1) > sent + LEAST)
    return np.where(short <= LEAST, own, np.where(comes, by, -1))


def next_periods(*, asked: Floats, shipped: Floats, lost: Floats) -> Ints:
    """First period by whose end all that was asked up to t is shipped or given up, -1 if none; (streams x periods).

    Example:
        >>> one = np.array([[10.0, 0.0, 0.0]])
        >>> next_periods(asked=one, shipped=np.array([[4.0, 0.0, 6.0]]), lost=0.0 * one).tolist()
        [[2, 2, 2]]
    """
    want = np.cumsum(asked, axis=1)
    gone = np.cumsum(shipped + lost, axis=1)
    slack = LEAST * np.maximum(1.0, want)
    found = np.full(want.shape, -1, dtype=np.int64)
    for t in range(want.shape[1]):
        enough = gone[:, t:] >= (want - slack)[:, t : t + 1]
        found[:, t] = np.where(enough.any(axis=1), t + np.argmax(enough, axis=1), -1)
    return found
