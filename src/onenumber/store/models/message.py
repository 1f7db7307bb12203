"""Messages: the digest of a person's day, and of what she wishes to be told."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan


class DigestRow(models.Model):
    """One digest: which day, over which moments, and what waited then; what changed is read from the records.

    ``read_at``, ``mailed_at`` and ``mail_error`` are no record of what people did: they move.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="digests")
    person = models.CharField(max_length=60)
    day = models.DateField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    least = models.CharField(max_length=10)
    urgent = models.CharField(
        max_length=80, blank=True
    )  # what it tells of on its own: a paper between meetings, or that one was taken back
    waits = models.JSONField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        """One a person a day, and one more for each paper that cannot wait for the next."""

        constraints = (models.UniqueConstraint(fields=["plan", "person", "day", "urgent"], name="digest_of_day"),)

    def __str__(self) -> str:
        return f"{self.person} {self.day}"


class MessageWish(models.Model):
    """What a person wishes to be told of, and whether by mail. Append-only; the newest holds."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    person = models.CharField(max_length=60)
    least = models.CharField(max_length=10)
    by_mail = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}: {self.least}"


class Least(models.TextChoices):
    """From what on a person is told: what stops her work; what is due or was decided too; all else that changed too."""

    STOPS = "stops"
    WAITS = "waits"
    ALL = "all"
