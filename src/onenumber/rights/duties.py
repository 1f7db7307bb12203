"""Who does what: the duties of the six roles, and those of running the month, each by the rights it is done with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onenumber.rights.actors import Held
from onenumber.rights.ask import EVERYTHING
from onenumber.rights.table import READ, WRITE, Figure, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What somebody of a role does every month: by which verbs of the rights table, reading which classes of figure.

    ``until`` is the milestone of the cycle by which it is done.
    """

    code: str
    says: str
    until: str
    verbs: tuple[str, ...] = ()
    reads: tuple[Figure, ...] = ()

    @property
    def role(self) -> str:
        """The role that its code begins with.

        Example:
            >>> DUTIES["DP-3"].role
            'DP'
        """
        return self.code.partition("-")[0]


VOLUME, PRICE, COST, SKILL, BRIEF = Figure.VOLUME, Figure.PRICE, Figure.COST, Figure.SKILL, Figure.BRIEF

_ROWS = (
    ("EX-1", "Keeps the plan within budget", "decide", ("approve_final", "set_tolerance"), (PRICE, COST)),
    ("EX-2", "Holds people to the plan", "answer", ("explain", "choose_messages"), (VOLUME,)),
    ("EX-3", "Decides whose need comes first where divisions compete", "decide",
     ("decide", "decide_emergency", "decide_displacing"), (VOLUME, COST)),
    ("SM-1", "Makes the month's demand with the sales team", "sign_demand",
     ("accept", "return", "accept_leaders", "close_input", "edit_L2M", "resolve", "edit_L5", "sign_demand",
      "decide_emergency", "say_for_sales"),
     (VOLUME, SKILL)),
    ("SM-2", "Tells executives what is new with key customers", "collect", ("brief", "news"), (BRIEF,)),
    ("SM-3", "Explains where sales left the plan", "collect", ("explain",), (VOLUME, PRICE)),
    ("DP-1", "Makes the forecast that everything is planned from", "forecast", ("forecast", "rebase", "look"),
     (VOLUME,)),
    ("DP-2", "Follows demand down to what is made and when", "sign_demand", (), (VOLUME,)),
    ("DP-3", "Finds what does not look like the past", "forecast", ("judge",), (VOLUME,)),
    ("DP-4", "Asks sales and plants, and decides on what they tell", "collect",
     ("ask", "news", "triage", "edit_L3", "settle_request"), ()),
    ("DP-5", "Settles conflicts that can be seen coming, up to one consensus", "sign_demand",
     ("edit_L4", "accept_leaders", "agree"), (VOLUME,)),
    ("SP-1", "Speaks for the customers of the patch", "submit", ("explain",), (VOLUME, PRICE)),
    ("SP-2", "Confirms what is ordered", "submit",
     ("confirm_orders", "request_order", "submit"), (VOLUME,)),
    ("SP-3", "Enters what customers will need", "submit", ("edit_L2", "submit", "change"), (VOLUME,)),
    ("SP-4", "Shares what the market does", "submit", ("news", "reply"), ()),
    ("OP-1", "Speaks for the plants to the planners, and the other way", "plan",
     ("escalate", "emergency", "take_back", "decide_emergency", "say_for_supply"), (VOLUME,)),
    ("OP-2", "Makes sure that the plan can be made", "sign_supply", ("sign_supply", "confirm_final"), (VOLUME,)),
    ("OP-3", "Sees that maintenance has its time", "sign_supply", (), (VOLUME,)),
    ("OP-4", "Sees that raw materials last", "sign_supply", ("escalate",), (VOLUME,)),
    ("OP-5", "Leads the meetings", "sign_review", ("sign_review", "agree_action", "close_action"), (VOLUME,)),
    ("SS-1", "Knows the safety stocks", "plan", ("plan", "set_parameter"), (VOLUME,)),
    ("SS-2", "Knows the rates of the lines", "plan", ("plan", "set_parameter"), (VOLUME,)),
    ("SS-3", "Knows how vendors keep their dates", "plan", ("plan",), (VOLUME,)),
    ("SS-4", "Knows how long materials take", "plan", ("plan", "set_parameter"), (VOLUME,)),
    ("SS-5", "Goes through the orders", "plan", ("emergency", "take_back", "settle_request"), (VOLUME,)),
    ("SS-6", "Settles what demand and supply fight over", "plan",
     ("plan", "weigh", "escalate", "replan"), (VOLUME, COST)),
    ("SS-7", "Brings the analyses to the meetings", "sign_supply", ("send_pack", "review", "prepare"), (VOLUME, COST)),
    ("DH-1", "Speaks for the division's case, and answers for its figures where they are its own", "answer",
     ("explain",), (VOLUME, PRICE, COST)),
    ("PM-1", "Says whether the plant can make the plan, runs to it and answers for what it made", "sign_supply",
     ("answer_plan", "explain"), (VOLUME,)),
    ("FIN-1", "Says what the plan means in money, against budget", "prepare", ("load", "review"), (PRICE, COST)),
    ("OWN-1", "Opens the cycle and loads last month", "open", ("open_cycle", "load"), ()),
    ("OWN-2", "Freezes the data and measures last month", "freeze", ("freeze", "measure"), ()),
    ("OWN-3", "Closes the sales input after its cut-off, where the sales leader has not", "collect",
     ("close_input",), ()),
    ("OWN-4", "Prepares the papers of the executives", "send", ("prepare",), (COST,)),
    ("OWN-5", "Ends phases, re-opens them, waives with a reason, moves a demo's clock", "publish",
     ("advance", "reopen", "waive", "move_clock"), ()),
    ("OWN-6", "Publishes the plan", "publish", ("publish",), ()),
)  # fmt: skip

DUTIES: Mapping[str, Duty] = MappingProxyType(
    {
        code: Duty(code=code, says=says, until=until, verbs=verbs, reads=reads)
        for code, says, until, verbs, reads in _ROWS
    }
)
"""Every duty by its code: the twenty-seven of the six roles, then those who answer below them and run the month."""

ROLES = tuple(dict.fromkeys(duty.role for duty in DUTIES.values()))
"""Every role with a duty, the six first."""
PLACES = (Scope.PATCH, Scope.SITE, Scope.DIVISION, Scope.ORGANISATION)
"""What a role may be held over, the narrowest first."""


def duties_like(text: str) -> tuple[Duty, ...]:
    """The duties whose code is a text, or whose words hold it.

    Example:
        >>> [duty.code for duty in (*duties_like("dp-3"), *duties_like("Safety"))]
        ['DP-3', 'SS-1']
    """
    sought = text.lower()
    return tuple(duty for duty in DUTIES.values() if sought == duty.code.lower() or sought in duty.says.lower())


def place_of(role: str) -> Scope:
    """Over what a role is held, by the rights table: the narrowest thing that any of its rights names.

    Example:
        >>> [place_of(role).value for role in ("SP", "PM", "DH", "SM", "OP")]
        ['patch', 'site', 'division', 'organisation', 'company']
    """
    named = {rights[role] for rights in _tables() if role in rights}
    return next((place for place in PLACES if place in named), Scope.COMPANY)


def _tables() -> Iterable[Mapping[str, Scope]]:
    return (*(right.roles for right in WRITE.values()), *READ.values())


def holders(held: Held, role: str, place: str) -> tuple[str, ...]:
    """Who holds a role over a place (``*``: the company) in her own right, by key; the first of them is accountable.

    Where nobody holds it over the place itself, who holds it over the whole company.

    Example:
        >>> from onenumber.rights.ask import Grant
        >>> sm = {"zoe": (Grant(role="SM", scope="*"),), "ana": (Grant(role="SM", scope="ana"),)}
        >>> held = Held(grants=sm, away={}, holders={}, patches_of={}, owned=frozenset(), owners={})
        >>> [holders(held, "SM", place) for place in ("ana", "ben", "*")], holders(held, "SP", "Nord")
        ([('ana',), ('zoe',), ('zoe',)], ())
    """
    scopes = _scopes(held, role)
    if place_of(role) is Scope.COMPANY:
        return tuple(scopes)
    own = tuple(person for person, of in scopes.items() if place in of)
    return own or tuple(person for person, of in scopes.items() if EVERYTHING in of)


def signers(held: Held, verb: str) -> tuple[str, ...]:
    """Who may give a signature in her own right: who holds its role over the whole company first, then by key.

    Example:
        >>> from onenumber.rights.ask import Grant
        >>> sm = {"zoe": (Grant(role="SM", scope="*"),), "ana": (Grant(role="SM", scope="ana"),)}
        >>> signers(Held(grants=sm, away={}, holders={}, patches_of={}, owned=frozenset(), owners={}), "sign_demand")
        ('zoe', 'ana')
    """
    scopes = {person: of for role in WRITE[verb].roles for person, of in _scopes(held, role).items()}
    return tuple(sorted(scopes, key=lambda person: (EVERYTHING not in scopes[person], person)))


def _scopes(held: Held, role: str) -> dict[str, list[str]]:
    """What each person who holds a role holds it over."""
    found = {
        person: [grant.scope for grant in grants if grant.role == role]
        for person, grants in sorted(held.grants.items())
    }
    return {person: scopes for person, scopes in found.items() if scopes}


def speaks_for(held: Held, patch: str) -> tuple[str, ...]:
    """The sales leaders who speak for a patch without a salesperson, by key.

    Example:
        >>> held = Held(grants={}, away={}, holders={}, patches_of={"ines": ("Nord",)}, owned=frozenset(), owners={})
        >>> speaks_for(held, "Nord")
        ('ines',)
    """
    return tuple(leader for leader in sorted(held.patches_of) if patch in held.patches_of[leader])
