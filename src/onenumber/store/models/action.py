"""What meetings agreed that somebody does, and that it was done. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan


class ActionRow(models.Model):
    """An action of a meeting: what, who owns it, and by when."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="actions")
    meeting = models.CharField(max_length=12)
    text = models.TextField()
    owner = models.CharField(max_length=60)
    due = models.DateField()
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:60]


class ActionDone(models.Model):
    """That an action was done, as its owner or somebody above her says."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    action = models.ForeignKey(ActionRow, on_delete=models.PROTECT, related_name="ends")
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.action_id} done"
