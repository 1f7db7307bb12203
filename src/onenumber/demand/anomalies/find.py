"""All anomalies of a cycle's history, what is worth most first."""

from onenumber.demand.anomalies.hidden import hidden_demand
from onenumber.demand.anomalies.lines import large_lines
from onenumber.demand.anomalies.record import Anomaly, Known
from onenumber.demand.anomalies.signals import flat_promotions, new_levels, silent_customers

DETECTORS = (large_lines, hidden_demand, flat_promotions, new_levels, silent_customers)


def find_anomalies(known: Known) -> tuple[Anomaly, ...]:
    """Every anomaly in what was known, by money times surprise; those that are equal by their key."""
    found = [one for detect in DETECTORS for one in detect(known)]
    return tuple(sorted(found, key=lambda one: (-one.score, one.key)))
