"""What executives decided and what owners answered. Append-only."""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan
from onenumber.store.models.sheet import SheetVersion


class DecisionRow(models.Model):
    """An option chosen for a paper, pinned to the version of the papers that was shown."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="decisions")
    paper = models.CharField(max_length=80)
    option = models.CharField(max_length=20, blank=True)  # empty: no, or deferred
    how = models.CharField(max_length=10)  # decided, refused, deferred, defaulted, withdrawn, taken_back
    papers_hash = models.CharField(max_length=64)  # what was shown; of a budget line the Review
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    rationale = models.TextField(blank=True)
    owner = models.CharField(max_length=60, blank=True)  # who brings a refused or deferred paper back
    until = models.DateField(null=True)  # and by when; after it the paper is open again
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.paper}: {self.option or self.how}"


class EmergencyRow(models.Model):
    """More of an item asked for inside its fence; the newest of an item and site stands. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="emergencies")
    item = models.CharField(max_length=60)
    site = models.CharField(max_length=60)
    period = models.IntegerField()
    quantity = models.FloatField()  # 0: taken back
    stream = models.CharField(max_length=130, blank=True)  # who asks for it beyond the plan
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item} at {self.site}: {self.quantity}"


class UrgentPaper(models.Model):
    """The one paper of an emergency between meetings: what it was priced against, who decides, until when. Append-only.

    What became of it is a decision on ``paper``. ``cycle`` is the one whose published plan it would amend.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="urgent_papers")
    emergency = models.OneToOneField(EmergencyRow, on_delete=models.PROTECT, related_name="urgent")
    paper = models.CharField(max_length=80)
    role = models.CharField(max_length=10)  # whom it is put before: OP, OP+SM, or EX
    before = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="+")  # the plan in force then
    papers = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="+")  # the paper, priced
    made = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="+")  # the supply plan with it
    expires_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        """A paper has one name."""

        constraints = (models.UniqueConstraint(fields=["plan", "paper"], name="urgent_paper"),)

    def __str__(self) -> str:
        return self.paper


class UrgentVoice(models.Model):
    """What one of the two said who decide a paper between meetings together. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    paper = models.ForeignKey(UrgentPaper, on_delete=models.PROTECT, related_name="voices")
    role = models.CharField(max_length=10)
    option = models.CharField(max_length=20)
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    rationale = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """A role speaks once."""

        constraints = (models.UniqueConstraint(fields=["plan", "paper", "role"], name="urgent_voice"),)

    def __str__(self) -> str:
        return f"{self.paper_id}, {self.role}: {self.option}"


class Answer(models.Model):
    """What the owner of a breached figure of Adherence says about it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="answers")
    figure = models.CharField(max_length=30)
    scope = models.CharField(max_length=60)
    period = models.IntegerField()
    person = models.CharField(max_length=60)
    reason_code = models.CharField(max_length=20)
    text = models.TextField()
    action = models.TextField(blank=True)
    due = models.DateField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.figure} {self.scope}"
