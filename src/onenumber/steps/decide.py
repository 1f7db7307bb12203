"""Decide a paper: an option, a no, or later; the names stay with it."""

import datetime as dt
from collections.abc import Collection

import polars as pl
from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError, NoSuchOptionError, NoWayOnError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.amending import Word, say_word
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import is_late, is_line, review_shown, settled, take_defaults
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.gates import lines_outside
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.planning import in_force
from onenumber.steps.frame.reading import WITHDRAWN, Reader
from onenumber.steps.frame.sent_back import sent_back
from onenumber.steps.frame.urgent import NO, YES, is_urgent, standing_now, take_lapsed, urgents
from onenumber.steps.frame.voices import permit_voice, refuse_ended
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import latest, outdate
from onenumber.store.models import AuditRow, Cycle, DecisionRow, Plan, UrgentPaper
from onenumber.store.plans import find_cycle

BUDGET_OPTION = "accept"
DECIDED, REFUSED, DEFERRED = "decided", "refused", "deferred"


def run(  # noqa: PLR0913 - the fields of a decision (domain.md 8.3)
    context: Context,
    *,
    paper: str,
    option: str = "",
    how: str = DECIDED,
    rationale: str = "",
    owner: str = "",
    until: dt.date | None = None,
    cycle: str = "",
) -> Outcome:
    """Append a decision, pinned to the papers that were shown; on a budget line, to the Review.

    A budget line out of tolerance is decided as paper ``budget:ACCOUNT:PLACE`` with the option ``accept``. What is
    refused or deferred goes back to ``owner`` with a sentence, and is open again after ``until``; later cycles show it
    until its subject is on a new paper or it is withdrawn. Papers whose deadline passed without a decision take their
    default first; a decision after its deadline is marked late. The paper of an emergency between meetings is decided
    in any phase, never by who named it: A amends the plan in force, B leaves it and says why. Above the operations
    leader's limit she and the sales leader decide it together, and the executive where they disagree.

    Raises:
        NotAllowedError: if the person may not decide.
        OwnEmergencyError: if she named the emergency herself.
        SpokeAlreadyError: if two decide that emergency, and she said her word.
        SpokeMeanwhileError: if the other of the two spoke in the same moment.
        EmergencyEndedError: if that is decided, was taken back, or its 48 hours have passed.
        NoSuchOptionError: if there is no such paper or option.
        NoWayOnError: if a no or a later lacks its sentence, its owner or its date.
        BadArgumentError: if anything else is given an owner or a date, or nothing was decided that could be withdrawn.
    """
    now = find_cycle(context.plan, cycle)
    if is_urgent(paper) and how != WITHDRAWN:
        return _urgent(context, now, paper, option, how, rationale)
    grant = context.permit("decide", phase=Phase(now.phase))
    look = glance(context)
    reader = Reader(look, now)
    bears = _check(look, reader, now, paper, option, how)
    _check_way_on(context, paper, how, rationale=rationale, owner=owner, until=until)
    shown = review_shown(look, now) if is_line(paper) else reader.version(SheetKind.DECISION, "papers")
    taken = option if how == DECIDED else ""  # a no takes no option
    defaulted = take_defaults(context, now)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        row = DecisionRow.objects.create(
            plan=context.plan, cycle=now, paper=paper, option=taken, how=how, person=context.actor.person,
            papers_hash=shown.content if shown else "", deputy_for=grant.deputy_for, rationale=rationale,
            owner=owner, until=until, at=context.now,
        )  # fmt: skip
        late = {"late": True} if is_late(context, row) else {}
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="decide",
            what={"paper": paper, "option": taken, "how": how, **_way_on(owner, until), **late},
        )  # fmt: skip
        if defaulted or bears:
            made = latest(context.plan, SheetKind.DECISION, cycle=now, stage="decided")
            outdate([made] if made is not None else [], f"{paper} was {how} after it")
    first = {"defaulted": ", ".join(defaulted)} if defaulted else {}
    by = context.under(grant)
    return Outcome(step="decide", figures={"paper": paper, "option": taken or how, "by": by, **late, **first})


def _urgent(context: Context, cycle: Cycle, paper: str, option: str, how: str, rationale: str) -> Outcome:
    context.permit("decide_emergency", phase=Phase(cycle.phase))
    rows = UrgentPaper.objects.filter(plan=context.plan, paper=paper).select_related("emergency", "papers", "cycle")
    found = urgents(context, rows)
    if not found or option not in (YES, NO):
        offered = "; ".join(f"{one.row.paper}: {YES}, {NO}" for one in standing_now(context)) or "no paper"
        raise NoSuchOptionError(paper=paper, option=option, offered=offered)
    (one,) = found
    role, grant = permit_voice(context, one, Phase(cycle.phase))
    if how != DECIDED:
        reason = f"it is decided once: {YES} amends the plan, {NO} leaves it"
        raise BadArgumentError(step="decide", argument="how", value=how, reason=reason)
    if option == NO:
        check_words("decide", "rationale", rationale, reason="who named the emergency will read why not")
    take_lapsed(context)
    refuse_ended(urgents(context, [one.row])[0])
    return say_word(context, one, Word(role=role, option=option, rationale=rationale, deputy_for=grant.deputy_for))


def _way_on(owner: str, until: dt.date | None) -> dict[str, str]:
    return {"owner": owner, "until": str(until)} if until is not None else {}


def _check_way_on(context: Context, paper: str, how: str, *, rationale: str, owner: str, until: dt.date | None) -> None:
    """Only a no or a later goes back; a date on anything else would open again what is decided."""
    if how not in (REFUSED, DEFERRED):
        if owner or until is not None:
            reason = "only a paper that is refused or deferred goes back to somebody: --how"
            raise BadArgumentError(step="decide", argument="owner or until", value=owner or until, reason=reason)
        return
    people = context.company().get("people", pl.DataFrame({"person": []}))["person"].to_list()
    why = {
        "nobody knows why": not rationale.strip(),
        "it goes back to nobody": not owner,
        f"{owner} is not one of the company's people": owner not in people,
        "it has no date": until is None,
        f"{until} is not after today": until is not None and until <= context.today,
    }
    broken = next((reason for reason, holds in why.items() if holds), None)
    if broken is not None:
        raise NoWayOnError(paper=paper, how=how, why=broken)


def _check(look: Glance, reader: Reader, cycle: Cycle, paper: str, option: str, how: str) -> bool:
    """Whether what is decided bears on the final plan: a budget line does not, nor does what was only sent back."""
    before: dict[str, list[str]] = {}
    if is_line(paper):
        known = {line: [BUDGET_OPTION] for line in lines_outside(look, cycle)}
    else:
        table = reader.need(SheetKind.DECISION, "papers").table("options").sort("paper", "option")
        known = {}
        for name, choice in table.select("paper", "option").iter_rows():
            known.setdefault(name, []).append(choice)
        before = {one.paper: [one.option] for one in in_force(reader, cycle)}
        if paper in before and how not in (DECIDED, WITHDRAWN):
            reason = "an earlier cycle decided it, and it can only be withdrawn"
            raise BadArgumentError(step="decide", argument="how", value=how, reason=reason)
        known |= before
    if paper in known and how == WITHDRAWN:
        went_back = (one.row.paper for one in sent_back(look, cycle))
        _refuse_empty_withdrawal(paper, {*before, *went_back, *(row.paper for row in settled(look, cycle))})
    if paper in known and how == DECIDED and not option.strip():
        reason = f"{paper} has {', '.join(known[paper])}; `onenumber papers` says what each means"
        raise BadArgumentError(step="decide", argument="option", value=option, reason=reason)
    if paper not in known and _is_owed(look, cycle, paper):
        if how != WITHDRAWN:
            reason = "an earlier cycle sent it back, and it comes on a new paper or is withdrawn"
            raise BadArgumentError(step="decide", argument="how", value=how, reason=reason)
        return False
    if paper not in known or (how == DECIDED and option not in known[paper]):
        offered = "; ".join(f"{name}: {', '.join(choices)}" for name, choices in sorted(known.items()))
        raise NoSuchOptionError(paper=paper, option=option, offered=offered or "no paper")
    return not is_line(paper)


def _is_owed(look: Glance, cycle: Cycle, paper: str) -> bool:
    return any(one.row.paper == paper and not one.again for one in sent_back(look, cycle))


def _refuse_empty_withdrawal(paper: str, taken: Collection[str]) -> None:
    if paper not in taken:
        reason = f"nothing was decided on {paper} that could be withdrawn"
        raise BadArgumentError(step="decide", argument="how", value=WITHDRAWN, reason=reason)


STEP = Step(
    name="decide",
    verb="decide",
    phase=Phase.EXEC,
    says="Decide a paper.",
    run=run,
    arguments=(
        Argument(name="paper", doc="Key of the paper.", positional=True),
        Argument(name="option", doc="Key of the option.", required=False, positional=True),
        Argument(
            name="how", doc="If not decided.", required=False,
            choices=(DECIDED, REFUSED, DEFERRED, WITHDRAWN),
        ),
        Argument(name="rationale", doc="Why.", required=False),
        Argument(name="owner", doc="Who brings a refused or deferred paper back.", required=False),
        Argument(name="until", doc="By when; after it the paper is open again.", kind="date", required=False),
        CYCLE,
    ),
    names_verb=lambda given: "decide_emergency" if is_urgent(str(given.get("paper", ""))) else "decide",
)  # fmt: skip
