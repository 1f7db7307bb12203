"""The manifest of sheets: every version, what it was made from, by what and by whom."""

from django.db import models

from onenumber.store.models.plan import Plan


class SheetVersion(models.Model):
    """One version of a sheet; its content is a file named by ``content``, shared by equal versions."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sheets")
    cycle = models.ForeignKey("store.Cycle", on_delete=models.PROTECT, null=True, related_name="sheets")
    kind = models.CharField(max_length=20)
    stage = models.CharField(max_length=10, blank=True)
    sequence = models.PositiveIntegerField()
    content = models.CharField(max_length=64)
    schema = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    stale_because = models.TextField(blank=True)
    repeatable = models.BooleanField(default=True)
    step = models.CharField(max_length=30)
    person = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    settings = models.JSONField()
    seed = models.BigIntegerField()
    code_version = models.CharField(max_length=40)
    notes = models.JSONField()
    edits = models.JSONField()  # layer -> sequence that was pinned

    class Meta:
        """A plan's versions of a kind are numbered."""

        constraints = (models.UniqueConstraint(fields=["plan", "kind", "sequence"], name="sheet_sequence"),)
        indexes = (models.Index(fields=["plan", "cycle", "kind"]), models.Index(fields=["content"]))

    def __str__(self) -> str:
        return f"{self.kind} {self.sequence}"


class SheetParent(models.Model):
    """A version that another was made from."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    child = models.ForeignKey(SheetVersion, on_delete=models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="child_links")

    class Meta:
        """A link stands once."""

        constraints = (models.UniqueConstraint(fields=["plan", "child", "parent"], name="sheet_parent"),)

    def __str__(self) -> str:
        return f"{self.child_id} from {self.parent_id}"
