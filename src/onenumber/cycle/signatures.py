"""Signatures: which sheet needs whose, what each means, and when it must be refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from onenumber.cycle.phases import Blocker, Phase
from onenumber.errors.cycle import CannotSignError
from onenumber.model.sheet import SheetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRule:
    """One signature of the month: on which sheet, in which phase, by which role, and what it means."""

    verb: str
    kind: SheetKind
    stage: str  # "proposed" or "final" for a supply plan, else empty
    phase: Phase
    role: str
    meaning: str


RULES = (
    SignatureRule(
        verb="sign_demand", kind=SheetKind.CONSENSUS, stage="", phase=Phase.DEMAND, role="SM", meaning="demand agreed"
    ),
    SignatureRule(
        verb="sign_supply",
        kind=SheetKind.SUPPLY_PLAN,
        stage="proposed",
        phase=Phase.SUPPLY,
        role="OP",
        meaning="achievable",
    ),
    SignatureRule(
        verb="sign_review", kind=SheetKind.REVIEW, stage="", phase=Phase.RECONCILE, role="OP", meaning="recommended"
    ),
    SignatureRule(
        verb="confirm_final",
        kind=SheetKind.SUPPLY_PLAN,
        stage="final",
        phase=Phase.EXEC,
        role="OP",
        meaning="achievable as decided",
    ),
    SignatureRule(
        verb="approve_final",
        kind=SheetKind.SUPPLY_PLAN,
        stage="final",
        phase=Phase.EXEC,
        role="EX",
        meaning="approved",
    ),
)
"""Every signature of a cycle, in order. Publishing follows the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature given: the verb, the hash it stands on, who, and for whom as a deputy (else empty)."""

    verb: str
    sheet: str
    person: str
    deputy_for: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """A sheet put before a signer: its hash, whether it is stale or not repeatable, and who made it, for whom.

    ``called`` holds what people are called by key; a key where nobody wrote down a name.
    """

    sheet: str
    stale_because: str
    repeatable: bool
    authors: frozenset[str]
    called: Mapping[str, str] = field(default_factory=dict)


def check_signature(
    rule: SignatureRule,
    *,
    sheet: ToSign,
    names: Collection[str],
    given: Collection[Signed],
    blockers: Collection[Blocker],
) -> None:
    """Refuse a signature that must not be given; return quietly otherwise.

    ``names`` are those under it: the signer's, and as a deputy also that of whom she stands in for. A sheet that a
    deputy made has both as its authors.

    Refused: on a stale sheet, on a result that cannot be repeated, by its author, out of order (an approval
    before the confirmation), twice, and while something that the signature vouches for is open.

    Raises:
        CannotSignError: with the reason.

    Example:
        >>> sheet = ToSign(sheet="h", stale_because="", repeatable=True, authors=frozenset({"ana"}))
        >>> check_signature(RULES[0], sheet=sheet, names={"ana"}, given=[], blockers=[])
        Traceback (most recent call last):
        ...
        onenumber.errors.cycle.CannotSignError: 'demand agreed' cannot be signed: ana made it; another \
signs it.
    """
    reason = _refusal(rule, sheet, names, given, blockers)
    if reason:
        raise CannotSignError(meaning=repr(rule.meaning), reason=reason)


def _refusal(
    rule: SignatureRule, sheet: ToSign, names: Collection[str], given: Collection[Signed], blockers: Collection[Blocker]
) -> str:
    standing = {s.verb for s in given if s.sheet == sheet.sheet and not s.struck}
    if sheet.stale_because:
        return f"the sheet is stale, because {sheet.stale_because}; make it again first"
    if not sheet.repeatable:
        return "the sheet was cut by a time limit and cannot be repeated; run it to its end first"
    own = sorted(sheet.authors.intersection(names))
    if own:
        return f"{' and '.join(sheet.called.get(one, one) for one in own)} made it; another signs it"
    if rule.verb in standing:
        return "it is signed already"
    if rule.verb == "approve_final" and "confirm_final" not in standing:
        return "operations has not confirmed it as achievable; that comes first"
    return "; ".join(b.said for b in blockers)


def rule_of(verb: str) -> SignatureRule:
    """The rule of a signing verb.

    Example:
        >>> rule_of("approve_final").role
        'EX'
    """
    return next(rule for rule in RULES if rule.verb == verb)


def last_signature(kind: SheetKind, stage: str) -> str:
    """The verb that makes a sheet *signed*: the last one its kind and stage need; empty where none is needed.

    Example:
        >>> last_signature(SheetKind.SUPPLY_PLAN, "final"), last_signature(SheetKind.HISTORY, "")
        ('approve_final', '')
    """
    verbs = [rule.verb for rule in RULES if rule.kind == kind and rule.stage == stage]
    return verbs[-1] if verbs else ""
