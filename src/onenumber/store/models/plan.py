"""Plans, and what was loaded into them."""

from django.db import models


class Purpose(models.TextChoices):
    """What a plan is for; only a live plan has a plan of record."""

    LIVE = "live"
    REHEARSAL = "rehearsal"
    SANDBOX = "sandbox"


class Plan(models.Model):
    """Company x calendar x currency x time zone x purpose. The company's own tables say the first four."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.LIVE)
    made_at = models.DateTimeField()
    clock = models.DateTimeField(null=True)  # the company's clock where demo mode has moved it

    def __str__(self) -> str:
        return self.key


class LoadRun(models.Model):
    """One load: what came, what it became, and what was wrong with it. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="loads")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    person = models.CharField(max_length=60)
    source = models.CharField(max_length=500)
    rows_read = models.PositiveBigIntegerField()
    rows_loaded = models.PositiveBigIntegerField()
    tables = models.JSONField()  # name -> {read, loaded}
    findings = models.PositiveIntegerField()
    findings_sheet = models.CharField(max_length=64, blank=True)  # content hash of the list
    changed = models.BooleanField()  # False: everything in it was there already

    class Meta:
        """A plan's loads are numbered."""

        constraints = (models.UniqueConstraint(fields=["plan", "sequence"], name="load_sequence"),)

    def __str__(self) -> str:
        return f"load {self.sequence} of {self.plan_id}"
