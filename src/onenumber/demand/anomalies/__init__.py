"""What does not look like the past: each anomaly with what it is worth, how surprising it is, and its correction."""

from onenumber.demand.anomalies.find import find_anomalies
from onenumber.demand.anomalies.record import Anomaly, Kind, Known

__all__ = ["Anomaly", "Kind", "Known", "find_anomalies"]
