"""Human input: layers with their edits in a gapless sequence, and submissions. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.news import News
from onenumber.store.models.plan import Plan


class Layer(models.Model):
    """One layer of a cycle, pinned to the base it was typed on. Its row is locked while a sequence is given."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="layers")
    code = models.CharField(max_length=4)
    base = models.CharField(max_length=64)  # content hash of the Forecast sheet
    last_sequence = models.PositiveIntegerField(default=0)
    rebased_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="rebased_from")

    class Meta:
        """One layer per code, base and cycle."""

        constraints = (models.UniqueConstraint(fields=["plan", "cycle", "code", "base"], name="layer_of_base"),)

    def __str__(self) -> str:
        return self.code


class EditRow(models.Model):
    """One edit: what was typed, where, by whom, and every leaf it moved with its value before and after."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="edits")
    sequence = models.PositiveIntegerField()
    place = models.JSONField()  # attribute -> value, e.g. {"family": "F1", "patch": "Nord"}
    place_name = models.CharField(max_length=300)
    first = models.IntegerField()
    periods = models.PositiveIntegerField()
    mode = models.CharField(max_length=10)
    value = models.FloatField()
    author = models.CharField(max_length=60)
    role = models.CharField(max_length=4)
    phase = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    replays = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replayed_by")
    until = models.IntegerField(null=True)  # index of the last month for which it lives on in the next cycles
    carried_from = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, related_name="carried_edits")
    news = models.ForeignKey(News, on_delete=models.PROTECT, null=True, related_name="edits")  # what it takes in
    leaves = models.BinaryField()  # rows, columns, before, after

    class Meta:
        """The sequence has no gap, so that commit order is sequence order."""

        constraints = (models.UniqueConstraint(fields=["plan", "layer", "sequence"], name="edit_sequence"),)

    def __str__(self) -> str:
        return f"edit {self.sequence}"


class SubmissionRow(models.Model):
    """What happened to a patch in the sales window: submitted, returned, accepted, defaulted."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="submissions")
    patch = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    person = models.CharField(max_length=60)
    edits_until = models.PositiveIntegerField()  # sequence of L2 that it closes
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.patch} {self.state}"
