"""The same plan written in another way: a dense model, variable by variable, day by day, for scipy's solver.

It covers what the random companies of the property tests have: one site, routes with lead time and yield, a bill of
materials, vendors with lead time and limits, overtime, safety stock, backlog and lost sales, firm first period.
"""

import datetime as dt

import numpy as np
from scipy.optimize import linprog


class Oracle:
    """Collects variables with cost and bound, and rows, by name."""

    def __init__(self):
        self.cost, self.upper, self.rows = {}, {}, []

    def var(self, *name, cost=0.0, upper=None):
        self.cost.setdefault(name, cost)
        self.upper.setdefault(name, upper)
        return name

    def equal(self, terms, right):
        self.rows.append((terms, "=", right))

    def less(self, terms, right):
        self.rows.append((terms, "<", right))

    def minimum(self):
        names = list(self.cost)
        at = {name: k for k, name in enumerate(names)}
        sides = {"=": ([], []), "<": ([], [])}
        for terms, sense, right in self.rows:
            row = np.zeros(len(names))
            for name, value in terms:
                row[at[name]] += value
            sides[sense][0].append(row)
            sides[sense][1].append(right)
        found = linprog(
            [self.cost[n] for n in names],
            A_eq=np.array(sides["="][0]), b_eq=sides["="][1],
            A_ub=np.array(sides["<"][0]), b_ub=sides["<"][1],
            bounds=[(0, self.upper[n]) for n in names], method="highs-ipm",
        )  # fmt: skip
        assert found.status == 0, found.message
        return found.fun


def start_shares(frame, cycle, count, lead, firm):
    """{arrival: {start: share}}: every day of a period that is not firm and can be reached, ``lead`` days back."""
    first = frame.calendar[cycle].start
    found = {}
    for j in range(firm, count):
        period = frame.calendar[cycle + j]
        days = [period.start + dt.timedelta(days=d) for d in range(period.days)]
        days = [d for d in days if d - dt.timedelta(days=lead) >= first]
        for day in days:
            start = frame.calendar.index_of(day - dt.timedelta(days=lead)) - cycle
            share = found.setdefault(j, {})
            share[start] = share.get(start, 0.0) + 1.0 / len(days)
    return found


def least_cost(inputs):
    """The least cost of the plan that the inputs ask for."""
    o, company = Oracle(), inputs.company
    months = range(inputs.demand.periods)
    value = {r["item"]: r["standard_cost"] for r in company["costs"].iter_rows(named=True)}
    balance = {(i, t): [] for i in value for t in months}  # what comes and goes, stock apart
    hours = {(q, t): [] for q in company["resources"]["resource"].to_list() for t in months}
    _routes(o, inputs, balance, hours)
    _vendors(o, inputs, balance, value)
    prices = _sales(o, inputs, balance, months)
    _stock(o, inputs, balance, value, prices)
    _capacity(o, inputs, hours, months, value)
    return o.minimum()


def _routes(o, inputs, balance, hours):
    bom = {}
    for r in inputs.company["bill_of_materials"].iter_rows(named=True):
        bom.setdefault(r["parent"], []).append((r["component"], r["quantity"]))
    for r in inputs.company["rates"].iter_rows(named=True):
        for j, shares in _shares(inputs, r).items():
            make = o.var("make", r["item"], r["route"], j)
            balance[r["item"], j].append((make, 1.0))
            for i, share in shares.items():
                hours[r["resource"], i].append((make, share * r["hours_per_unit"]))
                for component, quantity in bom.get(r["item"], []):
                    balance[component, i].append((make, -share * quantity / (r["yield_share"] or 1.0)))


def _shares(inputs, row):
    lead, firm = row["lead_time_days"], inputs.settings.firm_periods
    return start_shares(inputs.frame, inputs.cycle, inputs.demand.periods, lead, firm)


def _vendors(o, inputs, balance, value):
    rows = inputs.company["vendor_items"].to_dicts()
    limits = {r["vendor"]: r["quantity"] for r in inputs.company["vendor_limits"].iter_rows(named=True)}
    by_vendor = {}
    for r in rows:
        cheapest = min(x["price"] for x in rows if x["item"] == r["item"])
        extra = r["price"] - cheapest + inputs.settings.rank_share * value[r["item"]] * (r["rank"] - 1)
        for j in _shares(inputs, r):
            buy = o.var("buy", r["vendor"], r["item"], j, cost=extra)
            balance[r["item"], j].append((buy, 1.0))
            by_vendor.setdefault((r["vendor"], j), []).append((buy, 1.0))
    for (vendor, _), terms in by_vendor.items():
        if vendor in limits:
            o.less(terms, limits[vendor])


def _stock(o, inputs, balance, value, prices):
    s = inputs.settings
    opening = {r["item"]: r["quantity"] for r in inputs.load["stock"].iter_rows(named=True)}
    safety = {r["item"]: r["safety_stock"] or 0.0 for r in inputs.company["item_sites"].iter_rows(named=True)}
    for (i, t), terms in balance.items():
        stock = o.var("stock", i, t, cost=s.holding_share_a_year / 12 * value[i])
        before = [(("stock", i, t - 1), -1.0)] if t else []
        o.equal([(stock, 1.0), *before, *((n, -v) for n, v in terms)], opening.get(i, 0.0) if t == 0 else 0.0)
        if safety.get(i):
            worth = max(value[i], float(np.mean(prices[i]))) if i in prices else value[i]
            o.less([(stock, -1.0), (o.var("below", i, t, cost=s.safety_share * worth), -1.0)], -safety[i])


def _sales(o, inputs, balance, months):
    s, prices = inputs.settings, {}
    axis = inputs.demand.axis
    past = {}
    for stream, quantity in inputs.backlog.select("stream", "open").iter_rows():
        past[stream] = past.get(stream, 0.0) + quantity
    for k, stream in enumerate(axis.keys.tolist()):
        i = str(axis.attributes["item"][k])
        price = float(inputs.prices[k, 0])
        prices.setdefault(i, []).append(price)
        for t in months:
            ship, lost = o.var("ship", stream, t), o.var("lost", stream, t, cost=price)
            closing = s.closing_share if t == months[-1] else 0.0
            waits = o.var("backlog", stream, t, cost=price * (1 / (s.backlog_periods + 0.5) + closing))
            before = [(("backlog", stream, t - 1), -1.0)] if t else []
            asked = _asked(inputs, k, t) + (past.get(stream, 0.0) if t == 0 else 0.0)
            o.equal([(waits, 1.0), *before, (ship, 1.0), (lost, 1.0)], asked)
            balance[i, t].append((ship, -1.0))
    return prices


def _asked(inputs, k, t):
    """Orders of stream k, and its forecast that neither they nor, in a firm period, others of its item used up."""
    axis = inputs.demand.axis
    if t >= inputs.settings.firm_periods:
        return max(inputs.demand.values[k, t], inputs.booked.values[k, t])
    pool = [
        j for j in range(len(axis)) if all(axis.attributes[n][j] == axis.attributes[n][k] for n in ("item", "channel"))
    ]
    ahead = {j: float(inputs.demand.values[j, t] - inputs.booked.values[j, t]) for j in pool}
    still, over = (sum(max(sign * d, 0.0) for d in ahead.values()) for sign in (1, -1))
    mine = max(ahead[k], 0.0)
    return inputs.booked.values[k, t] + (mine - mine / still * min(over, still) if still else 0.0)


def _capacity(o, inputs, hours, months, value):
    s, company = inputs.settings, inputs.company
    holding = {i: s.holding_share_a_year / 12 * v for i, v in value.items()}
    for r in company["resources"].iter_rows(named=True):
        q = r["resource"]
        routes = [
            (holding[x["item"]] / x["hours_per_unit"])
            for x in company["rates"].iter_rows(named=True)
            if x["resource"] == q
        ]
        even = s.even_share * float(np.mean(routes)) if routes else 0.0
        for t in months:
            used = o.var("hours", q, t)
            o.equal([(used, 1.0), *((n, -v) for n, v in hours[q, t])], 0.0)
            steps = [x for x in company["overtime"].iter_rows(named=True) if x["resource"] == q]
            extra = [
                (o.var("extra", q, x["step"], t, cost=x["cost_per_hour"], upper=x["hours_per_period"]), -1.0)
                for x in steps
            ]
            o.less([(used, 1.0), *extra], r["hours_per_period"])
            if t > s.firm_periods:
                more, fewer = o.var("more", q, t, cost=even), o.var("fewer", q, t, cost=even)
                o.equal([(used, 1.0), (("hours", q, t - 1), -1.0), (more, -1.0), (fewer, 1.0)], 0.0)
