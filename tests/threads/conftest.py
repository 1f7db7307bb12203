"""The model company lived once for all thread tests, on SQLite, and its open cycle played on to the papers."""

import json
import shutil
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from onenumber.jobs.model_company import live_closed_cycles
from onenumber.steps.frame.asking import found_plan
from onenumber.steps.frame.context import quiet
from onenumber.store.models import Purpose
from onenumber.store.truth import keep_truth
from tests.threads.lived import Lived, to_the_executive


@pytest.fixture(scope="package")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Lived]:
    """All 12 closed cycles (who overstates shows in nine of twelve only), then June up to the papers on
    the executive's table, each person's things left to her until the next one lets the month go on.

    One transaction around all of it is rolled back, so that no other test sees the company.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        plan = found_plan("threads", purpose=Purpose.SANDBOX)
        path = keep_truth(plan, live_closed_cycles(plan, quiet).truth)
        company = Lived(plan=plan, truth=json.loads(path.read_text(encoding="utf-8")))
        to_the_executive(company)
        yield company
        transaction.set_rollback(True)
    shutil.rmtree(path.parent)
