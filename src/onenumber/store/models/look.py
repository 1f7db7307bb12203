"""When a person last looked at her month."""

from django.db import models

from onenumber.store.models.plan import Plan


class MonthLook(models.Model):
    """The last look of a person at her month, and the moment since when she is told what changed.

    Not a record of what people did: it moves with every look, and nobody else reads it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    person = models.CharField(max_length=60)
    at = models.DateTimeField()
    since = models.DateTimeField(null=True)  # null: she never looked before

    class Meta:
        """One row per person."""

        constraints = (models.UniqueConstraint(fields=["plan", "person"], name="month_look"),)

    def __str__(self) -> str:
        return f"{self.person} {self.at}"
