"""What could be a paper and is none, because seven are as many as a meeting decides: a line each."""

import datetime as dt
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.model.finding import Finding
from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.candidates import MOST_PAPERS
from onenumber.review.papers.paper import Paper
from onenumber.review.papers.words import Change, change_in
from onenumber.review.words import question_finding
from onenumber.rights.ask import may, refused_reading
from onenumber.rights.duties import holders
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.papers import papers_found
from onenumber.steps.frame.planning import ground_of
from onenumber.steps.frame.reading import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """A question that no paper asks yet: what is at risk, who owns the conflict, and what happens if nobody decides."""

    paper: str
    question: Finding
    money_at_risk: float | None
    deadline: dt.date
    owner: str
    default: Change


def may_prepare(look: Glance, label: str = "") -> bool:
    """Whether she may put papers on the table now: the review is there that they come from."""
    cycle = look.cycle(label)
    reviewed = look.version(SheetKind.REVIEW, cycle) is not None
    return reviewed and may(look.actor, "prepare", phase=Phase(cycle.phase))


def papers_beyond(context: Context, label: str = "") -> tuple[Beyond, ...]:
    """The papers that could be made of the review beside those on the table, the most severe first.

    Raises:
        NotAllowedError: if the person reads no decision papers.
    """
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        raise refused_reading(context.actor, "read decision papers", figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    review, plan = look.sheet(SheetKind.REVIEW, cycle), look.sheet(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    papers = look.sheet(SheetKind.DECISION, cycle, "papers")
    if review is None or plan is None or papers is None or len(papers.table("papers")) < MOST_PAPERS:
        return ()  # whatever could be a paper is one
    reader = Reader(look, cycle)
    ground = ground_of(reader, cycle)
    known = set(papers.table("papers")["paper"].to_list())
    every = papers_found(reader, cycle, review=review, base=plan, ground=ground)
    owners = dict(review.table("conflicts").select("conflict", "owner").iter_rows())
    names, company = look.names(), look.held(cycle)
    planner = next(iter(holders(company, "SS", "*")), "") if company is not None else ""

    def line(one: Paper) -> Beyond:
        default = next(option.difference for option in one.options if option.option == one.default)
        risk = None if one.money_at_risk is None else in_currency(one.money_at_risk, decimals=ground.decimals)
        owner = owners.get(one.conflict) or planner
        row = {"question": one.question, "subject": one.subject, "first_period": one.first_period,
               "last_period": one.last_period, "money_at_risk": one.money_at_risk,
               "divisions": "|".join(one.divisions)}  # fmt: skip
        return Beyond(
            paper=one.paper, question=question_finding(row, ground), money_at_risk=risk, deadline=one.deadline,
            owner=names.get(owner, owner),
            default=change_in(default, ground),
        )  # fmt: skip

    return tuple(line(one) for one in every if one.paper not in known)
