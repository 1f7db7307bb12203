"""The month of that company, phase by phase: what each says in it is a word that no other text holds."""

from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings

from onenumber.jobs.digests import make_digests
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.papers import papers_shown
from onenumber.steps.see.supply import open_shortages, without_paper
from onenumber.store.models import ChangeRow, Job, JobState, News, OrderRequest, Plan, QuestionRow
from tests.standing import once_a_run
from tests.steps.month_for_tests import LINES, NOW, do, founded, to_forecast
from tests.walk.company import JUNE, OTHER, OUTSIDER, WALK, elsewhere, made, seated

SIRIUS = {"planning_customer": "sirius"}


@once_a_run
def to_opened(plan: Plan) -> None:
    """The month is open; nothing is frozen yet."""
    do(plan, "olga", "open", period="2026-05")


@once_a_run
def to_window(plan: Plan) -> None:
    """The sales window, in which everybody has said something."""
    to_forecast(plan)
    do(plan, "ben", "news", kind="listing", text="NEWSBEN", place=SIRIUS, in_number="no", patch="South", likely=71.5)
    do(plan, "wim", "news", kind="listing", text="NEWSWIM", place={"channel": "web"}, in_number="no", patch="West")
    do(plan, "ben", "brief", customer="sirius", how="news", text="BRIEFBEN", urgent="yes")
    do(plan, "ines", "brief", customer="alpha", how="news", text="BRIEFINES", urgent="yes")
    for person in ("ben", "paul"):
        place = SIRIUS if person == "ben" else {"item": "B2"}
        do(plan, "dora", "ask", text=f"ASK{person.upper()}", place=place, to=person, due=JUNE)
    question = QuestionRow.objects.get(plan=plan, text="ASKBEN").pk
    do(plan, "ben", "reply", question=question, text="REPLYBEN", figure=7171.5)
    at = {**SIRIUS, "item": "A1"}
    do(plan, "ben", "edit", layer="L2", place=at, mode="add", value=3.25, reason="EDITBEN")
    do(plan, "dora", "edit", layer="L4", place=at, mode="add", value=4.25, reason="EDITDORA")
    do(plan, "ines", "action", meeting="demand", what="ACTIONBEN", who="ben", due=JUNE)
    missing = {"kind": "missing", "customer": "sirius", "item": "A1", "quantity": 7.5, "day": JUNE}
    do(plan, "ben", "request", text="REQUESTBEN", **missing)
    do(plan, "ben", "submit", patch="South", note="SUBMITBEN")
    do(plan, "ines", "return", patch="South", note="RETURNBEN")
    do(plan, "wim", "submit", patch="West", note="SUBMITWIM")
    do(plan, "wim", "change", patch="West", family="FA", mode="add", value=2.5, first="2026-07", reason="CHANGEWIM")
    _failed(plan, "dora", "forecast")


@once_a_run
def to_agreed(plan: Plan) -> None:
    """Every patch is handed in, a late figure answered, the sales window closed and the consensus made."""
    do(plan, "ben", "submit", patch="South", note="AGAINBEN")
    do(plan, "ana", "submit", patch="Nord")
    for leader, patch in (("ines", "South"), ("ines", "Nord"), ("ivo", "West")):
        do(plan, leader, "accept", patch=patch, note=f"ACCEPT{patch.upper()}")
    do(plan, "ben", "change", patch="South", family="FA", mode="add", value=6.25, first="2026-07", reason="CHANGEBEN")
    late = ChangeRow.objects.get(plan=plan, reason="CHANGEBEN").pk
    do(plan, "ines", "resolve", change=late, decision="refused", reason="RESOLVEINES")
    for number, news in enumerate(News.objects.filter(plan=plan).order_by("pk"), start=1):
        do(plan, "dora", "triage", news=number, decision="out", reason=f"TRIAGE{news.author.upper()}")
    request = OrderRequest.objects.get(plan=plan).pk
    do(plan, "sven", "settle-request", request=request, outcome="declined", text="SETTLEBEN")
    do(plan, "ines", "collect")
    do(plan, "dora", "agree")


@once_a_run
def to_handed(plan: Plan) -> None:
    """The demand is signed, the supply plan handed to the plants; nothing of it is signed yet."""
    do(plan, "ines", "sign", verb="sign_demand")
    do(plan, "olga", "advance")
    do(plan, "sven", "plan")
    do(plan, "sven", "send", note="PACKNOTE")
    do(plan, "paul", "take-plan", site="P2", note="TAKEPAUL")


@once_a_run
def to_reviewed(plan: Plan) -> None:
    """The supply plan is signed and reviewed; the papers are prepared."""
    for cause in open_shortages(make_context(plan, person="omar", now=NOW)):
        do(plan, "sven", "escalate", subject=cause, reason="ESCALATESVEN")
    do(plan, "omar", "sign", verb="sign_supply")
    do(plan, "olga", "advance")
    do(plan, "fay", "review")
    do(plan, "olga", "prepare")
    for cause in without_paper(make_context(plan, person="omar", now=NOW)):
        do(plan, "olga", "waive", code="conflict_open", subject=cause, reason="WAIVEOLGA")


@once_a_run
def to_papers(plan: Plan) -> None:
    """The papers lie on the executive's table."""
    do(plan, "omar", "sign", verb="sign_review")
    do(plan, "olga", "advance")


@once_a_run
def to_final(plan: Plan) -> None:
    """Everything is decided, and the final plan confirmed; it waits to be approved."""
    for paper in papers_shown(make_context(plan, person="eva", now=NOW)).papers:
        do(plan, "eva", "decide", paper=paper.paper, option=paper.default, rationale="RATIONALEEVA")
    do(plan, "sven", "replan")
    do(plan, "omar", "sign", verb="confirm_final")
    for line in LINES:
        do(plan, "eva", "decide", paper=line, option="accept", rationale="BUDGETEVA")


@once_a_run
def to_approved(plan: Plan) -> None:
    """The final plan is approved, and waits to be published."""
    do(plan, "eva", "sign", verb="approve_final")
    do(plan, "olga", "advance")


@once_a_run
def to_record(plan: Plan) -> None:
    """The plan is published and last month measured; the owner of a breach answered."""
    do(plan, "olga", "publish")
    do(plan, "olga", "advance")
    do(plan, "olga", "measure")
    do(plan, "omar", "answer", figure="service_requested", scope="DA", text="ANSWEROMAR", action="PROMISEOMAR")
    do(plan, "paul", "answer-plan", site="P2", item="B2", month="2026-08", quantity=1.25, note="CANNOTPAUL")
    _failed(plan, "olga", "measure")
    plan.refresh_from_db()  # the clock by which they are made
    make_digests(plan)


def _failed(plan: Plan, person: str, step: str) -> None:
    """A job that came to nothing, and says why."""
    Job.objects.create(
        plan=plan, step=step, arguments={}, pins={}, person=person, key=f"{person} {step}", made_at=NOW, ended_at=NOW,
        state=JobState.FAILED, message=f"JOB{person.upper()}",
    )  # fmt: skip


@once_a_run
def elsewhere_opened(plan: Plan) -> None:
    """The first cycle of the other plan."""
    do(plan, OUTSIDER, "open", period="2026-05")


PHASES: Mapping[str, Callable[[Plan], None]] = {
    "opened": to_opened, "window": to_window, "agreed": to_agreed, "handed": to_handed, "reviewed": to_reviewed,
    "papers": to_papers, "final": to_final, "approved": to_approved, "record": to_record,
}  # fmt: skip
"""How far the month goes, in order."""


@once_a_run
def walked(name: str) -> Plan:
    """The walked plan as far as a phase, with an account for everybody and the other plan beside it."""
    beside = Path(settings.ONENUMBER_HOME).parent
    plan = founded(WALK, "live", beside / "walk", made())
    elsewhere_opened(founded(OTHER, "live", beside / "elsewhere", elsewhere()))
    seated(plan)
    for phase, play in PHASES.items():
        play(plan)
        if phase == name:
            break
    plan.refresh_from_db()
    return plan
