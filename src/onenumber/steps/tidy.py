"""Tidy up: files without a row, old working copies, unsigned drafts after 90 days, and uploads after a week."""

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetState
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Step
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import descendants
from onenumber.store.models import Job, JobState, LoadRun, SheetVersion

DRAFTS_KEPT = dt.timedelta(days=90)
UPLOADS_KEPT = dt.timedelta(days=7)
FILES_KEPT = dt.timedelta(days=1)
"""Files without a row that are younger may belong to a step that is about to write its row."""


def run(context: Context) -> Outcome:
    """Remove what nobody needs; a sheet that is signed, and everything it was made from, stays for ever.

    Raises:
        NotAllowedError: if the person may not advance the cycle: tidying is the process owner's.
    """
    context.permit("advance", phase=Phase.DATA)
    drafts = _old_drafts(context)
    old = timezone.now() - FILES_KEPT  # files go by the machine's clock
    files = _unnamed(context, older_than=old)
    for content in files:
        context.versions.discard(content)
    context.versions.discard_working(older_than=old)
    uploads = _old_uploads(context)
    for folder in uploads:
        shutil.rmtree(folder)
    return Outcome(
        step="tidy",
        figures={"drafts_removed": drafts, "files_removed": len(files), "uploads_removed": len(uploads)},
    )


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


def _unnamed(context: Context, *, older_than: dt.datetime) -> list[str]:
    named = set(SheetVersion.objects.filter(plan=context.plan).values_list("content", flat=True))
    named |= set(LoadRun.objects.filter(plan=context.plan).values_list("findings_sheet", flat=True))
    named |= set(Job.objects.filter(plan=context.plan).values_list("result__listed", flat=True))
    return [content for content in context.versions.contents(older_than=older_than) if content not in named]


def _old_uploads(context: Context) -> list[Path]:
    """Upload folders, one per load that came through the browser, whose job ended over a week ago.

    An upload of another plan stays: it is that plan's to remove.
    """
    uploads = Path(settings.ONENUMBER_HOME) / "uploads"
    ended = Job.objects.filter(plan=context.plan, step="load", ended_at__lt=context.now - UPLOADS_KEPT)
    ended = ended.exclude(state__in=(JobState.WAITING, JobState.RUNNING))
    folders = [Path(str(arguments["folder"])) for arguments in ended.values_list("arguments", flat=True)]
    own = {folder.parent for folder in folders if folder.parent.parent == uploads}
    return sorted(folder for folder in own if folder.is_dir())


STEP = Step(
    name="tidy",
    verb="advance",
    phase=None,
    says="Remove files that no sheet names, and drafts older than 90 days and uploads older than 7.",
    run=run,
)
