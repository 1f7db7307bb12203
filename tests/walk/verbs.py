"""Who may do what, over what, when, written down from the design alone: nothing of `rights` is asked.

Every step of the month stands here, tried on a thing of Ana's, of plant P1 or of Ben's that its verb is about.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models

from onenumber.store.models import ActionRow, ChangeRow, News, OrderRequest, Plan, QuestionRow
from tests.steps.month_for_tests import NOW

DATA, DEMAND, SUPPLY, RECONCILE, EXEC, MONITOR = "DATA", "DEMAND", "SUPPLY", "RECONCILE", "EXEC", "MONITOR"
ALWAYS = (DATA, DEMAND, SUPPLY, RECONCILE, EXEC, "PUBLISH", MONITOR, "CLOSED")
WHILE_IT_IS_OPEN = ALWAYS[:-1]
AFTER_CUT_OFF = (DEMAND, SUPPLY, RECONCILE)
BESIDE_EXEC = tuple(phase for phase in ALWAYS if phase != EXEC)
HANDED = (SUPPLY, RECONCILE, EXEC, "PUBLISH", MONITOR, "CLOSED")
EX, LEADERS, DP, OP, SS, FIN, OWN = ("eva",), ("ines", "ivo"), ("dora",), ("omar",), ("sven",), ("fay",), ("olga",)
ADM = ("adam",)
ANA, BEN = ("ana", "dea"), ("ben",)
"""Who speaks for Nord: its salesperson, and her deputy while she is away."""
IN_JUNE = dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)
"""When the month is over and the next one can be opened."""
PLANS = (*EX, *LEADERS, *DP, *OP, *SS, *FIN, *OWN)
EVERYBODY = (*PLANS, *ANA, *BEN, "wim", "dirk", "dele", "pia", "paul")


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A step as a form asks for it, who may do it in which phases, since when its thing is there, and at which time.

    ``first`` is what the same person does before, where it is her own thing that she may do it to.
    """

    step: str
    people: tuple[str, ...]
    phases: tuple[str, ...] = ALWAYS
    asked: Mapping[str, str] = field(default_factory=dict)
    since: str = "opened"
    at: dt.datetime = NOW
    first: "Try | None" = None


def tries(plan: Plan) -> tuple[Try, ...]:
    """Every step, over what its right looks at."""
    action, question = _number(ActionRow, plan, text="ACTIONBEN"), _number(QuestionRow, plan, text="ASKBEN")
    request, change = _number(OrderRequest, plan, text="REQUESTBEN"), _number(ChangeRow, plan, reason="CHANGEWIM")
    news = str(News.objects.filter(plan=plan).count())
    words, until = "TRIED", "2026-06-01"
    return (
        *_demand(words, until, news=news, question=question),
        Try(step="resolve", people=("ivo",), phases=AFTER_CUT_OFF, since="window",
            asked={"change": change, "decision": "refused", "reason": words}),
        Try(step="settle-request", people=(*SS, *DP), since="window",
            asked={"request": request, "outcome": "declined", "text": words}),
        Try(step="done", people=(*BEN, "ines"), since="window", asked={"action": action, "note": words}),
        *_supply(words, until),
        *_running(words, until),
        *(Try(step="sign", people=people, phases=(phase,), asked={"verb": verb}, since=since)
          for verb, people, phase, ready in SIGNATURES for since in dict.fromkeys(("opened", ready))),
    )  # fmt: skip


def _number(model: type[models.Model], plan: Plan, **said: str) -> str:
    """The number of what somebody said; before it is said, one that nothing has."""
    return str(model._base_manager.filter(plan=plan, **said).values_list("pk", flat=True).first() or NOTHING)


NOTHING = 999
"""A number that nothing has."""
SIGNATURES = (
    ("sign_demand", LEADERS, DEMAND, "agreed"), ("sign_supply", OP, SUPPLY, "opened"),
    ("sign_review", OP, RECONCILE, "opened"), ("confirm_final", OP, EXEC, "opened"),
    ("approve_final", EX, EXEC, "final"),
)  # fmt: skip
"""Each signature, whose it is and in which phase; and since when what it stands on is there, if that is later."""


def _demand(words: str, until: str, *, news: str, question: str) -> tuple[Try, ...]:
    here = {"place": "patch=Nord;item=A1", "mode": "add", "value": "1"}
    return (
        Try(step="forecast", people=DP, phases=(DEMAND,)),
        Try(step="judge", people=DP, phases=(DATA, DEMAND),
            asked={"anomaly": "flat_promotion|FLAT", "decision": "keep", "reason": words}),
        Try(step="look", people=DP, phases=(DEMAND,), asked={"place": "family=FA"}),
        Try(step="rebase", people=DP, phases=(DEMAND,)),
        Try(step="confirm", people=ANA, phases=(DEMAND,), asked={"customer": "alpha"}),
        Try(step="request", people=ANA, since="window",
            asked={"kind": "missing", "text": words, "customer": "alpha", "item": "A1", "quantity": "5", "day": until}),
        *(Try(step="edit", people=people, phases=(DEMAND,), asked={"layer": layer, **here})
          for layer, people in LAYERS.items()),
        *(Try(step="undo", people=people, phases=(DEMAND,), asked={"layer": layer, "sequence": "1"})
          for layer, people in (("L2", BEN), ("L4", DP))),
        Try(step="news", people=(*ANA, "ines", *DP), phases=(DEMAND,),
            asked={"kind": "listing", "text": words, "place": "planning_customer=alpha", "in_number": "no",
                   "patch": "Nord"}),
        Try(step="brief", people=(*ANA, "ines"), asked={"customer": "alpha", "how": "none"}),
        Try(step="triage", people=DP, phases=(DEMAND,), since="window",
            asked={"news": news, "decision": "out", "reason": words}),
        Try(step="ask", people=DP, asked={"text": words, "place": "item=A1", "to": "ana", "due": until}),
        Try(step="reply", people=BEN, since="window", asked={"question": question, "text": words}),
        Try(step="submit", people=ANA, phases=(DEMAND,), asked={"patch": "Nord"}),
        Try(step="return", people=("ivo",), phases=(DEMAND,), asked={"patch": "West", "note": words}),
        Try(step="accept", people=("ivo",), phases=(DEMAND,), asked={"patch": "West"}),
        Try(step="collect", people=(*LEADERS, *OWN), phases=(DEMAND,)),
        Try(step="change", people=ANA, phases=AFTER_CUT_OFF,
            asked={"patch": "Nord", "family": "FA", "mode": "add", "value": "1", "first": "2026-07", "reason": words}),
        Try(step="agree", people=DP, phases=(DEMAND,)),
        Try(step="agree", people=DP, phases=(DEMAND,), since="agreed"),
    )  # fmt: skip


LAYERS = {"L2": ANA, "L2M": ("ines",), "L3": DP, "L4": DP, "L5": LEADERS}
"""No one edits another's layer."""


def _supply(words: str, until: str) -> tuple[Try, ...]:
    emergency = Try(step="emergency", people=(*SS, *OP), phases=BESIDE_EXEC,
                    asked={"item": "A1", "site": "P1", "quantity": "1", "reason": words})  # fmt: skip
    back = {"paper": "urgent:2026-05-E1:A1@P1", "reason": words}
    return (
        Try(step="plan", people=SS, phases=(SUPPLY,)),
        Try(step="send", people=SS, phases=(SUPPLY, RECONCILE)),
        Try(step="take-plan", people=("pia",), phases=HANDED, asked={"site": "P1"}),
        Try(step="answer-plan", people=("pia",), phases=HANDED,
            asked={"site": "P1", "item": "A1", "month": "2026-08", "quantity": "1", "note": words}),
        Try(step="escalate", people=(*SS, *OP), phases=(SUPPLY,), asked={"subject": "L1", "reason": words}),
        emergency,
        Try(step="take-back", people=(*SS, *OP), asked=back),
        Try(step="take-back", people=(*SS, *OP), asked=back, since="record", first=emergency),
        Try(step="review", people=(*FIN, *SS, *DP), phases=(RECONCILE,)),
        Try(step="weigh", people=(*SS, *OP, *DP, *OWN), phases=(RECONCILE, EXEC), asked={"cause": "resource|L1"}),
        Try(step="prepare", people=(*OWN, *SS), phases=(RECONCILE, EXEC)),
        Try(step="decide", people=EX, phases=(EXEC,), asked={"paper": "2026-05-L1", "option": "A", "rationale": words}),
        Try(step="replan", people=SS, phases=(EXEC,)),
        Try(step="amend", people=SS, asked={"table": "item_sites", "key": "A1|P1", "value": "21", "reason": words}),
        Try(step="amend", people=EX, asked={"table": "budget_tolerances", "key": "revenue|*", "value": "6",
                                            "reason": words}),
    )  # fmt: skip


def _running(words: str, until: str) -> tuple[Try, ...]:
    return (
        Try(step="open", people=OWN, asked={"period": "2026-06"}, at=IN_JUNE),
        Try(step="freeze", people=OWN, phases=(DATA,)),
        Try(step="publish", people=OWN, phases=("PUBLISH",)),
        Try(step="measure", people=OWN, phases=(MONITOR, DATA)),
        Try(step="answer", people=OP, phases=WHILE_IT_IS_OPEN, since="record",
            asked={"figure": "service_requested", "scope": "DA", "text": words}),
        Try(step="advance", people=OWN),
        Try(step="action", people=PLANS, asked={"meeting": "demand", "what": words, "who": "ana", "due": until}),
        Try(step="waive", people=OWN, asked={"code": "patch_open", "subject": "Nord", "reason": words}),
        Try(step="reopen", people=OWN, asked={"phase": "DATA", "reason": words}),
        Try(step="messages", people=EVERYBODY, asked={"least": "all", "by_mail": "no"}),
        Try(step="clock", people=EVERYBODY, asked={"to": "2026-05-06"}),
        Try(step="go-on", people=EVERYBODY, asked={"to": "2026-05-06"}),
        Try(step="login", people=ADM, asked={"who": "ben"}),
        Try(step="close-login", people=ADM, asked={"who": "ben"}),
        Try(step="tidy", people=OWN),
    )  # fmt: skip
