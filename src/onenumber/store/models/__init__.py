"""Tables. Every row carries its plan; every unique constraint begins with it."""

from onenumber.store.models.account import Account, Person
from onenumber.store.models.action import ActionDone, ActionRow
from onenumber.store.models.change import ChangeAnswer, ChangeRow
from onenumber.store.models.cycle import Cycle, PhaseChange, SignatureRow, WaiverRow
from onenumber.store.models.decision import Answer, DecisionRow, EmergencyRow, UrgentPaper, UrgentVoice
from onenumber.store.models.desk import AmendmentRow, PackRow
from onenumber.store.models.job import AuditRow, Job, JobState
from onenumber.store.models.layer import EditRow, Layer, SubmissionRow
from onenumber.store.models.look import MonthLook
from onenumber.store.models.message import DigestRow, Least, MessageWish
from onenumber.store.models.news import BriefRow, News, TriageRow
from onenumber.store.models.order import OrderConfirmation, OrderRequest, RequestAnswer
from onenumber.store.models.plan import LoadRun, Plan, Purpose
from onenumber.store.models.plant import PlantAnswer
from onenumber.store.models.question import QuestionRow, ReplyRow
from onenumber.store.models.sheet import SheetParent, SheetVersion
from onenumber.store.models.verdict import LookedRow, VerdictRow

__all__ = [
    "Account",
    "ActionDone",
    "ActionRow",
    "AmendmentRow",
    "Answer",
    "AuditRow",
    "BriefRow",
    "ChangeAnswer",
    "ChangeRow",
    "Cycle",
    "DecisionRow",
    "DigestRow",
    "EditRow",
    "EmergencyRow",
    "Job",
    "JobState",
    "Layer",
    "Least",
    "LoadRun",
    "LookedRow",
    "MessageWish",
    "MonthLook",
    "News",
    "OrderConfirmation",
    "OrderRequest",
    "PackRow",
    "Person",
    "PhaseChange",
    "Plan",
    "PlantAnswer",
    "Purpose",
    "QuestionRow",
    "ReplyRow",
    "RequestAnswer",
    "SheetParent",
    "SheetVersion",
    "SignatureRow",
    "SubmissionRow",
    "TriageRow",
    "UrgentPaper",
    "UrgentVoice",
    "VerdictRow",
    "WaiverRow",
]
