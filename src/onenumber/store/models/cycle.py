"""Cycles: their phase, how it changed, signatures and waivers."""

from django.db import models

from onenumber.store.models.plan import Plan
from onenumber.store.models.sheet import SheetVersion


class Cycle(models.Model):
    """One month of planning: labelled by the period in which its meetings are held, which is its firm first period."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="cycles")
    index = models.IntegerField()  # of the period in the plan's calendar
    label = models.CharField(max_length=20)
    phase = models.CharField(max_length=10)
    opened_at = models.DateTimeField()

    class Meta:
        """One cycle per period."""

        constraints = (models.UniqueConstraint(fields=["plan", "index"], name="cycle_index"),)

    def __str__(self) -> str:
        return self.label


class PhaseChange(models.Model):
    """A phase that ended or re-opened. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    person = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class SignatureRow(models.Model):
    """A signature on a sheet's hash. Never deleted: a re-open strikes it through and says why."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="signatures")
    sheet = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="signatures")
    verb = models.CharField(max_length=30)
    sheet_hash = models.CharField(max_length=64)
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.verb} by {self.person}"


class WaiverRow(models.Model):
    """A blocker let pass, in which phase, by whom and why. Never deleted: a re-open strikes it through and says why."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="waivers")
    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    person = models.CharField(max_length=60)
    reason = models.TextField()
    phase = models.CharField(max_length=10, blank=True)  # empty: given before this was written down
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"
