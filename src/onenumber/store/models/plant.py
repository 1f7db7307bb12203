"""What plants answered to the plan that was handed to them. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan
from onenumber.store.models.sheet import SheetVersion


class PlantAnswer(models.Model):
    """A plant takes the plan as it is, or says of an item and month how much of it it can make."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="plant_answers")
    sheet = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="plant_answers")  # what it saw
    site = models.CharField(max_length=60)
    state = models.CharField(max_length=10)  # taken, cannot
    phase = models.CharField(max_length=10)  # in which it was said: after publication it is an amendment
    item = models.CharField(max_length=60, blank=True)
    period = models.IntegerField(null=True)
    asked = models.FloatField(null=True)  # by the plan that was seen
    quantity = models.FloatField(null=True)  # what it can make of it
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.site} {self.state}"
