"""Hours used are those of what is started and of what was released before."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each resource q and period t (h).

    ``hours[q,t] - sum_{a, j>=t} hours_per_unit[a,q,t] starts[a,j,t] receive[a,j] = firm[q,t]``
    """
    acts, hours = network.activities, columns.at["hours"]
    at = number(np.ones(hours.shape, dtype=bool))
    firm = network.resources.firm
    per_unit = acts.hour_amount[:, None] * acts.starts[acts.hour_activity, :, acts.hour_t]
    return block(
        "hours_used", lower=firm, upper=firm, rows=at,
        terms=[
            (at, hours, 1.0),
            (at[acts.hour_resource, acts.hour_t][:, None], columns.at["receive"][acts.hour_activity], -per_unit),
        ],
    )  # fmt: skip
