"""The limits that a plan may pass at a price: how far it passes each, and what it is charged for that."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.axis import Labels
from onenumber.supply.horizon import Floats
from onenumber.supply.network import Network
from onenumber.supply.report import LEAST

SOFT = {"contract_floor": "floor_short", "safety_stock": "below", "space": "over_space", "vendor_duty": "not_taken"}
"""Each such limit with the variable that says how far it is passed."""
SCHEMA = pl.Schema(
    {"limit": pl.String, "name": pl.String, "period": pl.Int64, "passed_by": pl.Float64, "charged": pl.Float64}
)


def soft_limits(network: Network, answer: Mapping[str, Floats], *, charged: Mapping[str, Floats]) -> pl.DataFrame:
    """What is passed, by limit, name (stream, item|site, site, vendor|item) and period, in units and money.

    What is charged for one of them adds up to its variable in the table ``objective``.
    """
    found = [pl.DataFrame(schema=SCHEMA)]
    for limit, variable in SOFT.items():
        row, t = np.nonzero(answer[variable] > LEAST)
        units = answer[variable][row, t]
        columns = (_names(limit, network)[row], t + network.horizon.first, units, units * charged[variable][row, t])
        names = list(SCHEMA)[1:]
        found.append(pl.DataFrame({"limit": [limit] * len(row), **dict(zip(names, columns, strict=True))}, SCHEMA))
    return pl.concat(found).sort("limit", "name", "period")


def _names(limit: str, network: Network) -> Labels:
    nodes, limits = network.nodes, network.limits
    match limit:
        case "contract_floor":
            return nodes.axis.keys[np.unique(nodes.node_of, return_index=True)[1]]
        case "safety_stock":
            return network.cells.axis.keys
        case "space":
            return limits.site
        case _:
            return limits.duty_label


def passed_in_all(table: pl.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """Over all periods, by limit and name; a limit that is kept everywhere is there and empty.

    Example:
        >>> rows = [("space", "P", 4, 2.0, 6.0), ("space", "P", 5, 1.0, 3.0)]
        >>> passed_in_all(pl.DataFrame(rows, SCHEMA, orient="row"))["space"]
        {'P': {'passed_by': 3.0, 'charged': 9.0}}
    """
    sums = table.group_by("limit", "name", maintain_order=True).agg(pl.col("passed_by", "charged").sum().round(6))
    found: dict[str, dict[str, dict[str, float]]] = {limit: {} for limit in SOFT}
    for limit, name, passed_by, charged in sums.iter_rows():
        found[limit][name] = {"passed_by": passed_by, "charged": charged}
    return found
