"""What things cost and bring, the budget, its tolerances, and the quotas of the salespeople."""

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import DIVISIONS, SITES
from onenumber.sample.clock import CLOSED, Clock
from onenumber.sample.customers import CUSTOMERS
from onenumber.sample.demand import Pairs
from onenumber.sample.network import Network
from onenumber.sample.people import SELLERS
from onenumber.sample.rows import rows

Tables = dict[str, pl.DataFrame]
Rows = npt.NDArray[np.int64]
CURRENCY = "EUR"
YEARLY = 0.02
"""Yearly rise of prices and costs, on 1 January."""
CHANNEL_FACTOR = {"retail": 1.0, "online": 1.04, "wholesale": 0.95, "oem": 0.90, "projects": 0.98}
KEY_ACCOUNT_FACTOR = 0.97
OVERHEAD = 12.0
"""Fixed cost of an hour in the standard cost."""
NO_BUDGET = ("inventory_value", "BRN")
"""The one line that nobody budgeted."""
DIVISION_FACTOR = {"GAR": 0.97, "IND": 1.04, "CTL": 1.00}
"""What finance budgeted over what is to be expected."""


def year_of(months: Rows, clock: Clock) -> Rows:
    """Calendar years of month indices, counted from the current one."""
    years = np.array([period.start.year for period in clock.calendar.periods])
    found: Rows = years[months] - clock.today.year
    return found


def list_price(network: Network) -> Values:
    """List price of each product this year."""
    markup = np.array([family.markup for family in network.family])
    price: Values = np.round(network.variable * markup, 2)
    return price


def unit_price(network: Network, row: Rows, customer: Rows, year: Rows) -> Values:
    """Net price of products for customers in years counted from this one; what `prices` says, row by row."""
    factor = np.array([CHANNEL_FACTOR[c.channel] * (KEY_ACCOUNT_FACTOR if c.key_account else 1.0) for c in CUSTOMERS])
    price: Values = np.round(list_price(network)[row] * (1 + YEARLY) ** year * factor[customer], 2)
    return price


def amounts(lines: pl.DataFrame, network: Network, clock: Clock) -> Values:
    """Net amount of order lines (row, customer_row, quantity, ordered) at the price of the day they were ordered."""
    year = lines["ordered"].dt.year().to_numpy() - clock.today.year
    price = unit_price(network, lines["row"].to_numpy(), lines["customer_row"].to_numpy(), year)
    total: Values = np.round(lines["quantity"].to_numpy() * price, 2)
    return total


def money_tables(network: Network, pairs: Pairs, clock: Clock) -> Tables:
    """Prices, costs, currency rates, budget lines with their tolerances, and targets."""
    years = sorted(set(year_of(np.arange(len(clock.calendar)), clock).tolist()))
    return {
        "prices": rows("prices", [row for year in years for row in _prices(network, clock, year)]),
        "costs": rows("costs", [row for year in years for row in _costs(network, clock, year)]),
        "currency_rates": rows("currency_rates", _currency(clock)),
        "budget_lines": rows("budget_lines", _budget(network, pairs, clock)),
        "budget_tolerances": rows("budget_tolerances", _tolerances()),
        "targets": rows("targets", _targets(network, pairs, clock)),
    }


def _prices(network: Network, clock: Clock, year: int) -> list[tuple[object, ...]]:
    begin = clock.today.replace(year=clock.today.year + year, month=1, day=1)
    every = np.arange(len(network.items))
    found: list[tuple[object, ...]] = []
    first = {channel: next(k for k, c in enumerate(CUSTOMERS) if c.channel == channel and not c.key_account)
             for channel in CHANNEL_FACTOR}  # fmt: skip
    named = [(None, c.key, k) for k, c in enumerate(CUSTOMERS) if c.key_account]
    for channel, customer, k in [*((name, None, k) for name, k in first.items()), *named]:
        price = unit_price(network, every, np.full(len(every), k), np.full(len(every), year))
        found += [
            (item, channel, customer, value, CURRENCY, begin, None)
            for item, value in zip(network.items, price.tolist(), strict=True)
        ]
    return found


def standard_cost(network: Network) -> Values:
    """Full standard cost of each product this year."""
    cost: Values = np.round(network.variable + network.hours * OVERHEAD, 2)
    return cost


def _costs(network: Network, clock: Clock, year: int) -> list[tuple[object, ...]]:
    begin = clock.today.replace(year=clock.today.year + year, month=1, day=1)
    rise = (1 + YEARLY) ** year
    full, variable = (np.round(v * rise, 2).tolist() for v in (standard_cost(network), network.variable))
    material = np.round(network.price * rise, 4).tolist()
    made = [(i, f, v, CURRENCY, begin, None) for i, f, v in zip(network.items, full, variable, strict=True)]
    return [*made, *((i, p, p, CURRENCY, begin, None) for i, p in zip(network.materials, material, strict=True))]


def _currency(clock: Clock) -> list[tuple[object, ...]]:
    actual = [("actual", "USD", round(0.92 + 0.03 * np.sin(m / 5.0), 4), p.start, p.end)
              for m, p in enumerate(clock.calendar.periods[: clock.reached])]  # fmt: skip
    return [("plan", "USD", 0.92, None, None), *actual]


def _fiscal_months(clock: Clock) -> list[int]:
    """Months of the fiscal years that the closed cycles, the current and the next one lie in."""
    first = clock.calendar.fiscal_year_of(clock.now - CLOSED)
    last = clock.calendar.fiscal_year_of(clock.calendar.fiscal_year_of(clock.now)[-1] + 1)
    return list(range(first[0], last[-1] + 1))


def _budget(network: Network, pairs: Pairs, clock: Clock) -> list[tuple[object, ...]]:
    months = _fiscal_months(clock)
    lines = {**_sales_budget(network, pairs, clock), **_plant_budget(network, clock)}
    return [
        (f"B{clock.calendar[m].fiscal_year}", account, place, clock.calendar[m].start, round(float(amount[m]), 0))
        for (account, place), amount in lines.items()
        for m in months
        if (account, place) != NO_BUDGET
    ]


def _sales_budget(network: Network, pairs: Pairs, clock: Clock) -> dict[tuple[str, str], Values]:
    """Revenue and contribution margin of each division, from last year's view of what is to be expected."""
    row = np.array([network.items.index(item) for item in pairs.item])
    years = year_of(np.arange(len(clock.calendar)), clock)
    price = np.stack([unit_price(network, row, pairs.customer, np.full(len(row), y)) for y in years], axis=1)
    cost = network.variable[row][:, None] * (1 + YEARLY) ** years
    found: dict[tuple[str, str], Values] = {}
    division = np.array([network.family[k].division for k in row])
    for key, _ in DIVISIONS:
        mean = pairs.mean[division == key] * DIVISION_FACTOR[key]
        found["revenue", key] = (mean * price[division == key]).sum(axis=0)
        found["contribution_margin", key] = (mean * (price - cost)[division == key]).sum(axis=0)
    return found


def _plant_budget(network: Network, clock: Clock) -> dict[tuple[str, str], Values]:
    """Inventory value, overtime and expedite cost of each plant."""
    site = np.array(network.site)
    stock = network.safety * standard_cost(network)
    made = network.expected * network.variable[:, None]
    found: dict[tuple[str, str], Values] = {}
    for key, _ in SITES:
        flow = made[site == key].sum(axis=0)
        months = len(clock.calendar)
        found["inventory_value", key] = np.full(months, 1.6 * stock[site == key].sum()) + 0.5 * flow
        found["overtime_cost", key] = np.round(flow * 0.004)
        found["expedite_cost", key] = np.round(flow * 0.001)
    return found


def _tolerances() -> list[tuple[str, str, float]]:
    own = [("revenue", "GAR", 4.0)]
    general = [("revenue", 3.0), ("contribution_margin", 4.0), ("inventory_value", 8.0), ("overtime_cost", 15.0),
               ("expedite_cost", 20.0)]  # fmt: skip
    return [*own, *((account, "*", percent) for account, percent in general)]


def _targets(network: Network, pairs: Pairs, clock: Clock) -> list[tuple[object, ...]]:
    """A quota per salesperson and calendar year: what is to be expected and 6 % more."""
    row = np.array([network.items.index(item) for item in pairs.item])
    years = year_of(np.arange(len(clock.calendar)), clock)
    patch = np.array([CUSTOMERS[c].patch for c in pairs.customer.tolist()])
    found: list[tuple[object, ...]] = []
    for key, person in SELLERS.items():
        mine = patch == key
        for year in (-1, 0):
            months = np.flatnonzero(years == year)
            price = unit_price(network, row[mine], pairs.customer[mine], np.full(int(mine.sum()), year))
            amount = float((pairs.mean[mine][:, months].sum(axis=1) * price).sum()) * 1.06
            start = clock.today.replace(year=clock.today.year + year, month=1, day=1)
            found.append((person, start, 12, float(round(amount, -3)), CURRENCY))
    return found
