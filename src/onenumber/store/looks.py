"""Since when a person is told what changed in her month."""

import datetime as dt

from onenumber.store.models import DigestRow, MonthLook, Plan

ONE_SITTING = dt.timedelta(minutes=30)
"""Looks that lie closer together are one: what changed stays on the page while she works through it."""


def look_at_month(plan: Plan, *, person: str, now: dt.datetime) -> dt.datetime | None:
    """Note that a person looks at her month; the moment of her look before this sitting, None if there was none.

    A look within half an hour of the last one does not move it, nor does a clock that stood still or was set back.
    """
    row, is_new = MonthLook.objects.get_or_create(plan=plan, person=person, defaults={"at": now})
    if not is_new and now > row.at:
        row.since = row.at if now - row.at >= ONE_SITTING else row.since
        row.at = now
        row.save(update_fields=["at", "since"])
    return row.since


def read_digest(plan: Plan, *, person: str, day: dt.date, now: dt.datetime) -> None:
    """Note that a person read the digest of a day; the first time counts."""
    DigestRow.objects.filter(plan=plan, person=person, day=day, read_at=None).update(read_at=now)
