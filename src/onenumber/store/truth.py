"""The true numbers of a made company, beside its sheets: what tests and people hold the sheets against."""

import json
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from onenumber.store.models import Plan

FILE = "truth.json"


def truth_path(plan: Plan) -> Path:
    """Where the truth of a plan lies: ``HOME/plans/PLAN/truth.json``."""
    return Path(settings.ONENUMBER_HOME) / "plans" / plan.key / FILE


def keep_truth(plan: Plan, truth: Mapping[str, object]) -> Path:
    """Write the truth of a plan, whole or not at all; plain values only. No step reads it."""
    path = truth_path(plan)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(truth, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(path)
    return path
