"""The one place where rights are asked: may a person do it, and which rows may she see."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from onenumber.cycle.phases import Phase
from onenumber.cycle.words import TITLES, the_roles
from onenumber.errors.cycle import WrongPhaseError
from onenumber.errors.rights import NobodyNamedError, NotAllowedError
from onenumber.model.axis import Axis
from onenumber.rights.table import PLANNERS, READ, WRITE, Figure, Right, Scope

EVERYTHING = "*"
ANOTHERS = "it has a salesperson, and nobody edits another's layer; return it with a sentence"
"""Why a sales leader does not do the work of a patch that is somebody's."""
PLAYED = "a rehearsal is played by itself, and no person's name stands in it; name the live plan"
"""Why nobody acts in a rehearsal."""
PUBLISHED = "Its plan is published, and no phase of it re-opens."
"""The end of a refusal where asking the process owner would be in vain."""
APPROVED = "Its plan is approved, and no phase of it re-opens."
"""The same before it is published."""
NAMED_MOST = 10
"""People whom a refusal names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role held by a person, over a scope (``*`` is the company), perhaps as somebody's deputy."""

    role: str
    scope: str
    deputy_for: str = ""


def _nameless() -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person with the roles she holds today, her deputyships included.

    ``patches_of`` maps an organisation to its patches, so that a sales leader's scope is known; ``owned`` are the
    patches that have a salesperson today, and ``everyone`` holds what each person of the company may in her own right.
    ``name`` looks up what sentences call her, asked only when one is made; no sheet holds it. ``looks_only``: she may
    read what her roles read and do nothing.
    """

    person: str
    grants: tuple[Grant, ...]
    patches_of: Mapping[str, Collection[str]] = field(default_factory=dict)
    owned: Collection[str] = frozenset()
    everyone: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict, compare=False)
    name: Callable[[], str] = field(default=_nameless, compare=False)
    looks_only: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """Every role held."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def plans_all(self) -> bool:
        """Whether a role held plans the whole company, and so hears all that is said of it."""
        return not self.roles.isdisjoint(PLANNERS)

    @property
    def stands_for(self) -> frozenset[str]:
        """The person, and those whom she stands in for.

        Example:
            >>> sorted(Actor(person="dea", grants=(Grant(role="SP", scope="Nord", deputy_for="ana"),)).stands_for)
            ['ana', 'dea']
        """
        return frozenset({self.person, *(grant.deputy_for for grant in self.grants)} - {""})

    def scopes(self, role: str) -> frozenset[str]:
        """The scopes over which she holds a role, also as a deputy: patches of who sells, sites of a plant manager."""
        return frozenset(grant.scope for grant in self.grants if grant.role == role)

    @property
    def called(self) -> str:
        """Her name; her key where nobody wrote down her name."""
        return self.name() or self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a verb is done to, where its scope matters: a patch, a site or a division; empty is the whole company.

    ``answering`` are who answers for it and everybody above her; empty is everybody. ``owner`` is what a sentence calls
    the first of them. ``asked``: they were asked themselves, and nobody above them is; ``named``: they named it
    themselves, and nobody else takes it back.
    """

    patch: str = ""
    site: str = ""
    division: str = ""
    answering: tuple[str, ...] = ()
    owner: str = ""
    asked: bool = False
    named: bool = False


WHOLE = Thing()


def check(actor: Actor, verb: str, *, phase: Phase, thing: Thing = WHOLE) -> Grant:
    """Refuse the verb, or return the grant it is done under (so that a deputy is shown with both names).

    Raises:
        NotAllowedError: if no role and scope of the person allows it; the sentence says which roles may.
        NobodyNamedError: if nobody says who asks; the sentence says who may.
        WrongPhaseError: if a role allows it, but not in this phase.

    Example:
        >>> ana = Actor(person="ana", grants=(Grant(role="SP", scope="Nord"),))
        >>> check(ana, "edit_L2", phase=Phase.DEMAND, thing=Thing(patch="Nord")).role
        'SP'
        >>> check(ana, "edit_L2", phase=Phase.DEMAND, thing=Thing(patch="South"))
        Traceback (most recent call last):
        ...
        onenumber.errors.rights.NotAllowedError: ana may not enter a sales forecast for South: it is outside \
their scope (Nord).
    """
    right = _right(actor, verb)
    held = [grant for grant in actor.grants if grant.role in right.roles]
    covering = [grant for grant in held if _covers(actor, grant, right.roles[grant.role], thing)]
    if not covering:
        _need_a_name(actor, verb, thing)
        anothers = _is_anothers(actor, held, right.roles, thing)
        reason = ANOTHERS if anothers else _reason(actor, held, right.roles, thing)
        raise NotAllowedError(person=actor.called, verb=right.says, where=_where(thing), reason=reason)
    _check_phase(right, phase)
    return covering[0]


def check_role(actor: Actor, verb: str, *, phase: Phase) -> None:
    """Refuse a verb that no role of the person allows over anything now; :func:`check` then asks about the thing.

    For a step that must read before it knows the thing: whoever has nothing to do with it learns and moves nothing.

    Raises:
        NotAllowedError: if no role of the person allows it.
        WrongPhaseError: if a role allows it, but not in this phase.

    Example:
        >>> check_role(Actor(person="eva", grants=(Grant(role="EX", scope="*"),)), "edit_L2", phase=Phase.DEMAND)
        Traceback (most recent call last):
        ...
        onenumber.errors.rights.NotAllowedError: eva may not enter a sales forecast: only the salesperson or the \
sales leader may.
    """
    right = _right(actor, verb)
    if not any(grant.role in right.roles for grant in actor.grants):
        _need_a_name(actor, verb, WHOLE)
        reason = _reason(actor, [], right.roles, WHOLE)
        raise NotAllowedError(person=actor.called, verb=right.says, where="", reason=reason)
    _check_phase(right, phase)


def _right(actor: Actor, verb: str) -> Right:
    right = WRITE.get(verb)
    if right is None:
        raise NotAllowedError(person=actor.called, verb=verb, where="", reason="nobody may; there is no such right")
    if actor.looks_only:
        raise NotAllowedError(person=actor.called or "Nobody named", verb=right.says, where="", reason=PLAYED)
    return right


def _check_phase(right: Right, phase: Phase) -> None:
    if right.phases and phase not in right.phases:
        wanted = " or ".join(p.shown for p in right.phases)
        raise WrongPhaseError(verb=right.says, wanted=wanted, phase=phase.shown, way_out=_way_out(right.phases, phase))


def _way_out(allowed: Sequence[Phase], now: Phase) -> str:
    """How one comes to one of the phases that are allowed: by going on, by going back, or not at all.

    Example:
        >>> _way_out([Phase.DEMAND], Phase.SUPPLY)
        'Only the process owner can re-open Demand: `onenumber reopen DEMAND --reason WHY`.'
        >>> _way_out([Phase.MONITOR, Phase.DATA], Phase.PUBLISH)
        'It comes when the cycle is in Month runs; `onenumber status` lists what Published waits for.'
    """
    ahead = next((phase for phase in allowed if phase.place > now.place), None)
    behind = next((phase for phase in reversed(allowed) if phase.place < now.place), None)
    on = f"It comes when the cycle is in {ahead.shown}" if ahead else ""
    if behind is None or now.place > Phase.EXEC.place:
        no_way = APPROVED if now is Phase.PUBLISH else PUBLISHED
        return f"{on}; `onenumber status` lists what {now.shown} waits for." if on else no_way
    back = f"nly the process owner can re-open {behind.shown}: `onenumber reopen {behind.value} --reason WHY`."
    return f"{on}; before, o{back}" if on else f"O{back}"


def who_may(actor: Actor, verb: str, *, thing: Thing = WHOLE) -> tuple[tuple[str, str], ...]:
    """Who of the actor's company may do a verb in her own right, and the role under which; whatever the phase.

    Where the scope of the verb matters and no thing is named, everybody who may do it to something.

    Example:
        >>> olga = (Grant(role="OWN", scope="*"),)
        >>> who_may(Actor(person="", grants=(), everyone={"olga": olga}), "publish")
        (('olga', 'OWN'),)
    """
    scopes = _right(actor, verb).roles
    found: dict[str, str] = {}
    for role, scope in scopes.items():
        for person, grants in sorted(actor.everyone.items()):
            own = replace(actor, person=person)
            if any(g.role == role and (thing == WHOLE or _covers(own, g, scope, thing)) for g in grants):
                found.setdefault(person, role)
    return tuple(found.items())


def refuse_nameless(actor: Actor, says: str) -> None:
    """Refuse what everybody of the company sees (no figure stands in it) where nobody says who asks.

    Raises:
        NobodyNamedError: if nobody is named and no rehearsal or empty plan is looked at.

    Example:
        >>> refuse_nameless(Actor(person="adam", grants=(Grant(role="ADM", scope="*"),)), "see who does what")
        >>> refuse_nameless(Actor(person="", grants=()), "see who does what")
        Traceback (most recent call last):
        ...
        onenumber.errors.rights.NobodyNamedError: Say who you are to see who does what: --as PERSON. \
Everybody of the company may.
    """
    if not actor.person and not actor.grants:
        raise NobodyNamedError(verb=says, where="", who="Everybody of the company may.")


def refused_reading(actor: Actor, says: str, *, figure: Figure, whole: bool, reason: str) -> NotAllowedError:
    """The refusal of who does not read a class of figure (``whole``: of the whole company), to be raised.

    Example:
        >>> adam = Actor(person="adam", grants=(Grant(role="ADM", scope="*"),))
        >>> print(refused_reading(adam, "see the plan", figure=Figure.VOLUME, whole=False, reason="no role does"))
        adam may not see the plan: no role does.
    """
    if actor.person:
        return NotAllowedError(person=actor.called, verb=says, where="", reason=reason)
    roles = [role for role, scope in READ[figure].items() if scope is Scope.COMPANY or not whole]
    held = [(person, next((g.role for g in own if g.role in roles), "")) for person, own in actor.everyone.items()]
    return NobodyNamedError(verb=says, where="", who=_named([one for one in sorted(held) if one[1]]))


def _need_a_name(actor: Actor, verb: str, thing: Thing) -> None:
    """Refuse where nobody was named: no role is missing then, but a name, of those who may."""
    if not actor.person:
        who = _named(who_may(actor, verb, thing=thing))
        raise NobodyNamedError(verb=WRITE[verb].says, where=_where(thing), who=who)


def _named(who: Sequence[tuple[str, str]]) -> str:
    shown = [f"{person} ({TITLES[role]})" for person, role in who[:NAMED_MOST]]
    more = [f"{len(who) - NAMED_MOST} more"] if len(who) > NAMED_MOST else []
    return f"Who may: {', '.join([*shown, *more])}." if shown else "Nobody may today."


def may(actor: Actor, verb: str, *, phase: Phase, thing: Thing = WHOLE) -> bool:
    """Whether :func:`check` would let it pass.

    Example:
        >>> may(Actor(person="root", grants=(Grant(role="ADM", scope="*"),)), "publish", phase=Phase.PUBLISH)
        False
    """
    try:
        check(replace(actor, name=_nameless), verb, phase=phase, thing=thing)  # nobody reads the refusal
    except (NotAllowedError, WrongPhaseError):
        return False
    return True


def may_somewhere(actor: Actor, verb: str, *, phase: Phase) -> bool:
    """Whether :func:`check_role` would let it pass: a role of hers allows the verb now, over something.

    Example:
        >>> ana = Actor(person="ana", grants=(Grant(role="SP", scope="Nord"),))
        >>> may_somewhere(ana, "submit", phase=Phase.DEMAND), may_somewhere(ana, "submit", phase=Phase.SUPPLY)
        (True, False)
    """
    try:
        check_role(replace(actor, name=_nameless), verb, phase=phase)
    except (NotAllowedError, WrongPhaseError):
        return False
    return True


def reads(actor: Actor, figure: Figure) -> bool:
    """Whether the person reads this class of figure at all (over which rows, :func:`mask` says).

    Example:
        >>> reads(Actor(person="ana", grants=(Grant(role="SP", scope="Nord"),)), Figure.COST)
        False
    """
    return bool(_reading(actor, figure))


def sees_owned(actor: Actor, *, answering: Collection[str]) -> bool:
    """Whether the person sees a figure that is somebody's: planners see all, anybody else what she may answer for.

    ``answering`` are its owner and everybody above her; empty where nobody owns it.

    Example:
        >>> ana, olga = (Actor(person=name, grants=(Grant(role=role, scope="*"),)) for name, role in
        ...              (("ana", "SP"), ("olga", "OWN")))
        >>> sees_owned(ana, answering=("ana", "ines")), sees_owned(ana, answering=()), sees_owned(olga, answering=())
        (True, False, True)
    """
    return actor.plans_all or not actor.stands_for.isdisjoint(answering)


def mask(actor: Actor, figure: Figure, *, axis: Axis) -> npt.NDArray[np.bool_]:
    """Which rows of an axis the person may see in this class of figure; all False where none.

    A company-wide role sees all; a salesperson the streams of her patches, a sales leader in his organisation what is
    read by organisation; a plant manager the rows of his site (and on an axis without sites all volumes, because his
    plant serves them all).

    Example:
        >>> axis = Axis("stream", np.array(["A|x", "A|y"]), {"patch": np.array(["Nord", "South"])})
        >>> mask(Actor(person="ana", grants=(Grant(role="SP", scope="Nord"),)), Figure.VOLUME, axis=axis).tolist()
        [True, False]
    """
    seen = np.zeros(len(axis), dtype=np.bool_)
    for grant, scope in _reading(actor, figure):
        seen |= _rows(actor, grant, scope, axis)
    return seen


def _reading(actor: Actor, figure: Figure) -> list[tuple[Grant, Scope]]:
    """The grants under which she reads a class of figure; who stands in for a salesperson does not read her skill."""
    held = [(grant, READ[figure][grant.role]) for grant in actor.grants if grant.role in READ[figure]]
    if figure is not Figure.SKILL:
        return held
    return [(grant, scope) for grant, scope in held if scope is not Scope.PATCH or not grant.deputy_for]


def _rows(actor: Actor, grant: Grant, scope: Scope, axis: Axis) -> npt.NDArray[np.bool_]:
    if scope is Scope.COMPANY or (scope is Scope.ORGANISATION and grant.scope == EVERYTHING):
        return np.ones(len(axis), dtype=np.bool_)
    if scope is Scope.ORGANISATION:
        return np.isin(axis.attributes.get("patch", axis.keys), sorted(actor.patches_of.get(grant.scope, ())))
    values = axis.attributes.get(scope.value)
    if values is None:
        return np.full(len(axis), scope is Scope.SITE)
    inside: npt.NDArray[np.bool_] = values == grant.scope
    return inside


def _covers(actor: Actor, grant: Grant, scope: Scope, thing: Thing) -> bool:
    if scope is Scope.OWNER:
        return not thing.answering or (grant.deputy_for or actor.person) in thing.answering
    free = scope is not Scope.UNOWNED or thing.patch not in actor.owned
    return free and (grant.scope == EVERYTHING or _lies_in(actor, grant, scope, thing))


def _lies_in(actor: Actor, grant: Grant, scope: Scope, thing: Thing) -> bool:
    match scope:
        case Scope.PATCH:
            return thing.patch == grant.scope
        case Scope.ORGANISATION | Scope.UNOWNED:
            return thing.patch in actor.patches_of.get(grant.scope, ())
        case Scope.SITE:
            return thing.site == grant.scope
        case Scope.DIVISION:
            return thing.division == grant.scope
        case Scope.COMPANY | Scope.OWNER:
            return True


def _is_anothers(actor: Actor, held: list[Grant], roles: Mapping[str, Scope], thing: Thing) -> bool:
    """Whether only its salesperson stands between a sales leader and a patch of her organisation."""
    leads = [grant for grant in held if roles[grant.role] is Scope.UNOWNED]
    return any(_covers(actor, grant, Scope.ORGANISATION, thing) for grant in leads)


def _where(thing: Thing) -> str:
    place = thing.patch or thing.site or thing.division
    return f" for {place}" if place else ""


def _reason(actor: Actor, held: list[Grant], roles: Mapping[str, Scope], thing: Thing) -> str:
    if held and thing.asked:
        return f"it was asked of {thing.owner}; only who was asked, or a deputy, may"
    if held and thing.named:
        return f"{thing.owner} named it; only who did, or a deputy, may"
    if held and thing.answering:
        return f"{thing.owner or thing.answering[0]} answers for it; only she, a deputy or somebody above her may"
    if held:
        within = [patch for grant in held for patch in actor.patches_of.get(grant.scope, (grant.scope,))]
        return f"it is outside their scope ({', '.join(within)})"
    return f"only {the_roles(roles)} may"
