"""What keeps a phase from ending or a signature from being given: facts in, blockers out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onenumber.cycle.phases import Blocker, Phase
from onenumber.cycle.signatures import RULES
from onenumber.cycle.words import decided_then
from onenumber.model.sheet_names import sheet_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A sheet as a gate sees it: is there one, is it stale (and why), which verbs signed it."""

    made: bool
    stale_because: str = ""
    signed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A paper whose figures moved after it was decided: by whom, as what (an option, or how), and what moved."""

    paper: str
    person: str
    taken: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFacts:
    """All that the gates of a cycle look at.

    ``sheets`` is keyed by (kind, stage). ``coverage`` is the share of a year's value with a known price and cost; None
    where it cannot be known. ``not_loaded`` facts of the month before that did not come; ``unfilled`` duties, sites and
    figures that are nobody's, each as code and subject; ``open_patches`` neither submitted and accepted nor defaulted;
    ``open_news`` numbers of news that is neither in the plan nor out of it, ``twice_news`` of that which is in a sales
    figure and in L3; ``unsaid_accounts`` key accounts that moved or were told as lost and of which nobody said a word;
    ``open_shortages`` causes of what is short, which an escalation lets pass as a waiver does;
    ``plants_cannot`` what plants cannot make of the proposed plan, which an escalation lets pass as well;
    ``open_conflicts`` causes escalated without a paper of two costed options; ``undecided`` papers; ``moved`` papers
    whose figures moved since they were decided; ``over_budget`` lines out of tolerance and undecided.
    """

    sheets: Mapping[tuple[str, str], Standing]
    coverage: float | None = None
    not_loaded: Collection[str] = ()
    unfilled: Collection[tuple[str, str]] = ()
    open_patches: Collection[str] = ()
    open_news: Collection[str] = ()
    twice_news: Collection[str] = ()
    unsaid_accounts: Collection[str] = ()
    open_shortages: Collection[str] = ()
    plants_cannot: Collection[str] = ()
    open_conflicts: Collection[str] = ()
    undecided: Collection[str] = ()
    moved: Collection[Moved] = ()
    over_budget: Collection[str] = ()


NEEDED: Mapping[Phase, tuple[tuple[str, str, str], ...]] = {
    Phase.DATA: (("history", "", "OWN"),),
    Phase.DEMAND: (("forecast", "", "DP"), ("sales_input", "", "SM"), ("consensus", "", "DP")),
    Phase.SUPPLY: (("supply_plan", "proposed", "SS"),),
    Phase.RECONCILE: (("review", "", "FIN"), ("decision", "papers", "OWN")),
    Phase.EXEC: (("decision", "decided", "SS"), ("supply_plan", "final", "SS")),
    Phase.PUBLISH: (("published_plan", "", "OWN"),),
}
"""Sheets (kind, stage, role that makes it) that must be there, and not stale, before a phase ends."""

COVERAGE_NEEDED = 0.98


def blockers_of_phase(phase: Phase, facts: GateFacts) -> tuple[Blocker, ...]:
    """What keeps a phase from ending: what it needs, and what its signatures wait for.

    Example:
        >>> [b.code for b in blockers_of_phase(Phase.DATA, GateFacts(sheets={}))]
        ['history_missing']
    """
    found = [_sheet_blocker(facts, kind, stage, role) for kind, stage, role in NEEDED.get(phase, ())]
    blockers = [b for b in found if b is not None]
    if phase is Phase.DATA and facts.coverage is not None and facts.coverage < COVERAGE_NEEDED:
        blockers.append(Blocker(code="price_coverage", subject=f"{facts.coverage:.1%} of value", role="FIN"))
    if phase is Phase.DATA:
        blockers += _each("facts_not_loaded", facts.not_loaded, "OWN")
        blockers += [Blocker(code=code, subject=subject, role="OWN") for code, subject in facts.unfilled]
    if phase is Phase.DEMAND:
        blockers += _each("patch_open", facts.open_patches, "SM")
    if phase is Phase.EXEC:
        blockers += _for_the_executive(facts)
    return tuple(dict.fromkeys([*blockers, *_unsigned(phase, facts)]))


def blockers_of_signature(verb: str, facts: GateFacts) -> tuple[Blocker, ...]:
    """What a signature would vouch for that is still open.

    Example:
        >>> [b.subject for b in blockers_of_signature("sign_supply", GateFacts(sheets={}, open_shortages=("WC50",)))]
        ['WC50']
    """
    match verb:
        case "sign_demand":
            news = [*_each("news_undecided", facts.open_news, "DP"), *_each("news_twice", facts.twice_news, "DP")]
            accounts = _each("account_unsaid", facts.unsaid_accounts, "SM")
            return (*_each("patch_open", facts.open_patches, "SM"), *news, *accounts)
        case "sign_supply":
            cannot = _each("plant_cannot", facts.plants_cannot, "SS")
            return (*_each("shortage_open", facts.open_shortages, "SS"), *cannot)
        case "sign_review":
            papers = _sheet_blocker(facts, "decision", "papers", "OWN")
            return (*([papers] if papers else []), *_each("conflict_open", facts.open_conflicts, "OWN"))
        case "approve_final":
            return tuple(_for_the_executive(facts))
        case _:
            return ()


def _for_the_executive(facts: GateFacts) -> list[Blocker]:
    """Papers and budget lines that wait for a decision, or for another one."""
    again = [
        Blocker(
            code="paper_moved",
            subject=one.paper,
            role="EX",
            name=decided_then(one.paper, person=one.person, taken=one.taken, what=one.what),
        )
        for one in sorted(facts.moved, key=lambda one: one.paper)
    ]
    undecided = _each("paper_undecided", facts.undecided, "EX")
    return [*undecided, *again, *_each("over_budget", facts.over_budget, "EX")]


def _sheet_blocker(facts: GateFacts, kind: str, stage: str, role: str) -> Blocker | None:
    standing = facts.sheets.get((kind, stage), Standing(made=False))
    shown = sheet_said(kind, stage)
    if not standing.made:
        return Blocker(code=f"{kind}_missing", subject=shown, role=role)
    if standing.stale_because:
        return Blocker(code=f"{kind}_stale", subject=shown, role=role)
    return None


def _unsigned(phase: Phase, facts: GateFacts) -> list[Blocker]:
    """Signatures that were not given, each after what it would vouch for that is open."""
    found: list[Blocker] = []
    for rule in RULES:
        standing = facts.sheets.get((rule.kind.value, rule.stage), Standing(made=False))
        if rule.phase is not phase or rule.verb in standing.signed:
            continue
        found += blockers_of_signature(rule.verb, facts)
        if standing.made:
            found.append(Blocker(code="not_signed", subject=rule.meaning, role=rule.role))
    return found


def _each(code: str, subjects: Collection[str], role: str) -> list[Blocker]:
    return [Blocker(code=code, subject=subject, role=role) for subject in sorted(subjects)]
