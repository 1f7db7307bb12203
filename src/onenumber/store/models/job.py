"""Work that runs in the background, and the audit trail."""

from django.db import models

from onenumber.store.models.plan import Plan


class JobState(models.TextChoices):
    """Where a job stands. *Stopped* means its process died; it may be started again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class Job(models.Model):
    """A step asked for by name: same plan, step, arguments and pins are the same job."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="jobs")
    step = models.CharField(max_length=30)
    arguments = models.JSONField()
    pins = models.JSONField()
    person = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(null=True)
    cancel_wanted = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Found by key."""

        indexes = (models.Index(fields=["plan", "key"]),)

    def __str__(self) -> str:
        return f"{self.step} {self.state}"


class AuditRow(models.Model):
    """Who did what, when. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=30)
    what = models.JSONField()

    def __str__(self) -> str:
        return f"{self.verb} by {self.person}"
