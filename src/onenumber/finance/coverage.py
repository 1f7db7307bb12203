"""How much of what is sold has a price and a cost: what the data gate asks before anything is planned in money."""

import numpy as np

from onenumber.finance.prices import Tables, item_costs, stream_prices
from onenumber.model.cube import Cube, State
from onenumber.model.period import Period


def value_coverage(*, value: Cube, company: Tables, period: Period, year: int, currency: str) -> float | None:
    """Share of a year's value, ``sum(value of streams priced and costed) / sum(value)``, between 0 and 1.

    ``value`` is money as invoiced (streams x periods before the cycle), of which the last ``year`` periods count; price
    and standard cost are those of ``period``. A table that the company does not bring is not asked for. None where
    neither table is there, or nothing was sold: then it is not known.
    """
    columns = slice(max(value.periods - year, 0), value.periods)
    sold = np.where(value.state == State.PRESENT, value.values, 0.0)[:, columns].sum(axis=1)
    sold = np.maximum(sold, 0.0)  # a stream that only took goods back has no value to plan
    units = []
    if "prices" in company:
        units.append(stream_prices(company=company, axis=value.axis, periods=[period], currency=currency))
    if "costs" in company:
        items = value.axis.attributes["item"]
        units.append(item_costs(company=company, items=items, periods=[period], currency=currency))
    if not units or not sold.sum() > 0:
        return None
    known = np.all(np.isfinite(np.concatenate(units, axis=1)), axis=1)
    return float(sold[known].sum() / sold.sum())
