"""The first start of a demo: the model company with its closed cycles, and an account for each of its people."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onenumber.jobs.model_company import live_closed_cycles
from onenumber.steps.frame.asking import found_plan
from onenumber.store.models import Account, Person, Plan, Purpose
from onenumber.store.plans import forget
from onenumber.store.truth import keep_truth

KEY = "model"
Progress = Callable[[int, int, str], None]
NEW_OBJECTS = 50_000
"""After so many Python looks for dead cycles among them; of itself after 700, which is one second in fifteen."""


def first_start(progress: Progress) -> None:
    """Make the model company where there is no live plan; one that was cut off half way is begun anew.

    It is a sandbox until it is whole, so that nobody works in half a company.
    """
    if Plan.objects.filter(purpose=Purpose.LIVE).exists():
        return
    for half in Plan.objects.filter(key=KEY):
        forget(half)
    plan = found_plan(KEY, purpose=Purpose.SANDBOX)
    with _seldom_swept():
        keep_truth(plan, live_closed_cycles(plan, progress).truth)
    for person in Person.objects.filter(plan=plan).order_by("key"):
        Account.objects.create_account(login=person.key, password=None, plan=plan, person=person.key)
    plan.purpose = Purpose.LIVE
    plan.save(update_fields=["purpose"])


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Python looks for dead cycles seldom, and never among what was imported, while one long work runs alone."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def sign_in_line() -> str:
    """Whom to sign in as, in one phrase."""
    account = Account.objects.filter(plan__purpose=Purpose.LIVE).order_by("login").first()
    if account is None:
        return "load a company first: onenumber load FOLDER"
    return "choose any of its people on the sign-in page; no password in demo mode"
