"""Tidy up: files without a row, old working copies, and unsigned drafts after 90 days."""

import datetime as dt

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetState
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Step
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import descendants
from onenumber.store.models import LoadRun, SheetVersion

DRAFTS_KEPT = dt.timedelta(days=90)


def run(context: Context) -> Outcome:
    """Remove what nobody needs; a sheet that is signed, and everything it was made from, stays for ever.

    Raises:
        NotAllowedError: if the person may not advance the cycle: tidying is the process owner's.
    """
    context.permit("advance", phase=Phase.DATA)
    drafts = _old_drafts(context)
    files = _unnamed(context)
    for content in files:
        context.versions.discard(content)
    context.versions.discard_working()
    return Outcome(step="tidy", figures={"drafts_removed": drafts, "files_removed": len(files)})


def _old_drafts(context: Context) -> int:
    limit = context.now - DRAFTS_KEPT
    old = SheetVersion.objects.filter(
        plan=context.plan, state=SheetState.DRAFT.value, made_at__lt=limit, cycle__isnull=False
    ).order_by("-pk")
    removed = 0
    for version in old:
        with transaction.atomic():
            if not descendants([version]) and not version.child_links.exists() and not version.signatures.exists():
                version.delete()
                removed += 1
    return removed


def _unnamed(context: Context) -> list[str]:
    named = set(SheetVersion.objects.filter(plan=context.plan).values_list("content", flat=True))
    named |= set(LoadRun.objects.filter(plan=context.plan).values_list("findings_sheet", flat=True))
    return [content for content in context.versions.contents() if content not in named]


STEP = Step(
    name="tidy",
    verb="advance",
    phase=None,
    says="Remove files that no sheet names, and drafts older than 90 days.",
    run=run,
)
