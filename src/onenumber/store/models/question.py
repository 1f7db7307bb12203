"""Questions that planners ask, and what was answered. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan


class QuestionRow(models.Model):
    """A question about a place: who asks whom, by when; ``role`` where a role was asked and not people by name.

    ``first`` and ``periods`` are the months it is about; None: it names none.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    asker = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    place = models.JSONField()
    first = models.IntegerField(null=True)
    periods = models.PositiveIntegerField(null=True)
    text = models.TextField()
    people = models.JSONField()
    role = models.CharField(max_length=4, blank=True)
    due = models.DateField()
    at = models.DateTimeField()

    class Meta:
        """Constraints."""

        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="question_number"),)

    def __str__(self) -> str:
        return self.text[:60]


class ReplyRow(models.Model):
    """What somebody who was asked answered: a sentence, and a figure where she has one."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="replies")
    question = models.ForeignKey(QuestionRow, on_delete=models.PROTECT, related_name="replies")
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    figure = models.FloatField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:60]
