"""Change requests: what a salesperson asks for after her patch closed, and what became of it. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.layer import EditRow
from onenumber.store.models.plan import Plan


class ChangeRow(models.Model):
    """One change request: where, from which month on, how it is meant, why, and by whom."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="change_requests")
    patch = models.CharField(max_length=60)
    place = models.JSONField()
    first = models.IntegerField()
    periods = models.PositiveIntegerField()
    mode = models.CharField(max_length=10)
    value = models.FloatField()
    reason = models.TextField()
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"change {self.pk} of {self.patch}"


class ChangeAnswer(models.Model):
    """What the sales leader answered to a change request, and the edit that it became where she took it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    change = models.OneToOneField(ChangeRow, on_delete=models.PROTECT, related_name="answer")
    taken = models.CharField(max_length=7)  # taken, refused
    reason = models.TextField()
    edit = models.ForeignKey(EditRow, on_delete=models.PROTECT, null=True)
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.change_id}: {self.taken}"
