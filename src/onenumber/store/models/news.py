"""Market news, and what was decided on it. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan


class News(models.Model):
    """Market news: who heard what about whom, how sure, and whether it is in the number already."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="news")
    patch = models.CharField(max_length=60, blank=True)
    author = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    place = models.JSONField()
    text = models.TextField()
    low = models.FloatField(null=True)
    likely = models.FloatField(null=True)
    high = models.FloatField(null=True)
    probability = models.FloatField(null=True)
    first = models.IntegerField(null=True)
    periods = models.PositiveIntegerField(null=True)
    in_number = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:60]


class TriageRow(models.Model):
    """What the demand planner decided on news, and the amount and probability she saw; the newest of a news stands."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="triages")
    news = models.ForeignKey(News, on_delete=models.PROTECT, related_name="triages")
    taken = models.CharField(max_length=3)  # in, out
    likely = models.FloatField(null=True)
    probability = models.FloatField(null=True)
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.news_id}: {self.taken}"


class BriefRow(models.Model):
    """What a cycle says of a key account: its news in a sentence, or that there is none; the newest stands."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="briefs")
    customer = models.CharField(max_length=60)
    text = models.TextField(blank=True)  # empty: no news, confirmed
    urgent = models.BooleanField(default=False)
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.customer}: {self.text[:60] or 'no news'}"
