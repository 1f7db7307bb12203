"""What salespeople say of the order book: lines confirmed as right, requests to correct it, and the answers.

Append-only.
"""

from django.db import models

from onenumber.store.models.cycle import Cycle
from onenumber.store.models.plan import Plan


class OrderConfirmation(models.Model):
    """An order line that a salesperson confirmed, as it stood then: a line that changed since is to be seen again."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="order_confirmations")
    patch = models.CharField(max_length=60)
    order = models.CharField(max_length=80)
    line = models.IntegerField()
    quantity = models.FloatField()
    requested = models.DateField()
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order} {self.line}"


class OrderRequest(models.Model):
    """A salesperson asks that an order be corrected: not her customer's, another date, or one that is missing."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="order_requests")
    patch = models.CharField(max_length=60)
    customer = models.CharField(max_length=80)  # of a line its own; of a missing order the planning customer
    kind = models.CharField(max_length=12)  # not_mine, wrong_date, missing
    order = models.CharField(max_length=80, blank=True)  # empty: it is missing
    line = models.IntegerField(null=True)
    item = models.CharField(max_length=80)
    quantity = models.FloatField(null=True)
    day = models.DateField(null=True)  # when the customer wants it
    text = models.TextField()
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.order or self.item}"


class RequestAnswer(models.Model):
    """What became of a request: corrected, or not and why. The newest of a request stands."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="request_answers")
    request = models.ForeignKey(OrderRequest, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10)  # corrected, declined
    text = models.TextField()
    person = models.CharField(max_length=60)
    deputy_for = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id}: {self.outcome}"
