"""What the demand planner decided on history that looks unlike the past, and what she looked at. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan


class VerdictRow(models.Model):
    """A verdict on an anomaly: history is cleaned by ``deltas``, or kept; the newest of an anomaly stands.

    ``anomaly`` is its key; ``deltas`` are pairs of a period's calendar index and what is added to demand there, in the
    unit of the item; empty where it is kept.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="verdicts")
    anomaly = models.CharField(max_length=300)
    taken = models.CharField(max_length=5)  # clean, keep
    item = models.CharField(max_length=120)
    customer = models.CharField(max_length=120, blank=True)
    deltas = models.JSONField()
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.anomaly}: {self.taken}"


class LookedRow(models.Model):
    """That the demand planner looked at the forecast of a place, as it was in a version of the Forecast."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="looked")
    place = models.JSONField()
    base = models.CharField(max_length=64)  # the content of the forecast that was looked at
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.place}"
