"""Tables. Every row carries its plan; every unique constraint begins with it."""

from onenumber.store.models.account import Account, Person
from onenumber.store.models.action import ActionDone, ActionRow
from onenumber.store.models.cycle import Cycle, PhaseChange, SignatureRow, WaiverRow
from onenumber.store.models.decision import Answer, DecisionRow, EmergencyRow
from onenumber.store.models.job import AuditRow, Job, JobState
from onenumber.store.models.layer import EditRow, Layer, SubmissionRow
from onenumber.store.models.look import MonthLook
from onenumber.store.models.news import News, TriageRow
from onenumber.store.models.plan import LoadRun, Plan, Purpose
from onenumber.store.models.plant import PlantAnswer
from onenumber.store.models.sheet import SheetParent, SheetVersion

__all__ = [
    "Account",
    "ActionDone",
    "ActionRow",
    "Answer",
    "AuditRow",
    "Cycle",
    "DecisionRow",
    "EditRow",
    "EmergencyRow",
    "Job",
    "JobState",
    "Layer",
    "LoadRun",
    "MonthLook",
    "News",
    "Person",
    "PhaseChange",
    "Plan",
    "PlantAnswer",
    "Purpose",
    "SheetParent",
    "SheetVersion",
    "SignatureRow",
    "SubmissionRow",
    "TriageRow",
    "WaiverRow",
]
