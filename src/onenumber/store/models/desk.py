"""What the supply desk changes and sends: parameters that were accepted, and packs as they were sent. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import LoadRun, Plan


class AmendmentRow(models.Model):
    """A value of master data that a person changed with a reason; the load it came in by holds the row itself."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="amendments")
    table = models.CharField(max_length=60)
    key = models.CharField(max_length=300)  # labels joined by |, in the order of the table's key
    column = models.CharField(max_length=60)
    before = models.FloatField(null=True)  # null: there was no row, or it said nothing
    after = models.FloatField()
    since = models.DateField(null=True)  # null: the table has no dates, so it holds from the moment it was made
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    load = models.ForeignKey(LoadRun, on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.table} {self.key} {self.column}"


class PackRow(models.Model):
    """The supply meeting's pages as they were sent: what each said, and the hash of every sheet it was read from."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="packs")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField()  # in the cycle, from 1
    pages = models.JSONField()  # title, sentence, heads and rows of each page, as plain text
    sheets = models.JSONField()  # name of the sheet -> its content hash
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """A cycle's packs are numbered."""

        constraints = (models.UniqueConstraint(fields=["plan", "cycle", "number"], name="pack_number"),)

    def __str__(self) -> str:
        return f"pack {self.number} of {self.cycle_id}"
