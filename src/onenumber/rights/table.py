"""The rights table: which role may do which verb, within which scope, in which phase. What is not here is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from onenumber.cycle.phases import Phase


class Scope(StrEnum):
    """What of a thing must lie in a person's scope."""

    COMPANY = "company"  # the role itself is enough
    PATCH = "patch"  # the patch is hers
    ORGANISATION = "organisation"  # the patch is in her organisation
    UNOWNED = "unowned"  # the patch is in her organisation, and no salesperson owns it today
    OWNER = "owner"  # she answers for it herself, or is above who does
    SITE = "site"
    DIVISION = "division"


class Figure(StrEnum):
    """Classes of figure, each read by its own roles."""

    VOLUME = "volume"
    PRICE = "price"  # and revenue
    COST = "cost"  # and margin
    SKILL = "skill"  # of a person
    BRIEF = "brief"  # confidential


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One line of the table: who may do a verb, over what, and in which phases (none named: in any)."""

    roles: Mapping[str, Scope]
    phases: tuple[Phase, ...]
    says: str  # the verb as a sentence has it: "load data"


def _any(*roles: str) -> Mapping[str, Scope]:
    return MappingProxyType(dict.fromkeys(roles, Scope.COMPANY))


def _right(says: str, roles: Mapping[str, Scope], *phases: Phase) -> Right:
    return Right(roles=roles, phases=phases, says=says)


PLANNERS = ("EX", "SM", "DP", "OP", "SS", "FIN", "OWN")
_SALES = MappingProxyType({"SP": Scope.PATCH, "SM": Scope.ORGANISATION})
_LEADER = MappingProxyType({"SM": Scope.ORGANISATION})
_CLOSED = (Phase.DEMAND, Phase.SUPPLY, Phase.RECONCILE)
"""From the sales cut-off until the executives decide, a late figure is a change request."""
_HANDED = (Phase.SUPPLY, Phase.RECONCILE, Phase.EXEC, Phase.PUBLISH, Phase.MONITOR, Phase.CLOSED)
"""From when a plan is handed to the plants, to when a later one replaces it."""
_BESIDE_EXEC = tuple(phase for phase in Phase if phase is not Phase.EXEC)
"""In the executive phase the papers are on the table: an emergency comes before it, or once the plan is published."""
_OWN_PATCH = MappingProxyType({"SP": Scope.PATCH, "SM": Scope.UNOWNED})

WRITE: Mapping[str, Right] = MappingProxyType(
    {
        "open_cycle": _right("open a cycle", _any("OWN")),
        "load": _right("load data", _any("OWN", "DP", "FIN")),
        "freeze": _right("freeze the data", _any("OWN"), Phase.DATA),
        "advance": _right("end a phase", _any("OWN")),
        "reopen": _right("re-open a phase", _any("OWN")),
        "move_clock": _right("move the company's clock", _any(*PLANNERS, "DH", "SP", "PM")),
        "waive": _right("waive a blocker", _any("OWN")),
        "keep_logins": _right("keep sign-ins", _any("ADM")),
        "forecast": _right("make the forecast", _any("DP"), Phase.DEMAND),
        "rebase": _right("replay what was typed on a new forecast", _any("DP"), Phase.DEMAND),
        "edit_L2": _right("enter a sales forecast", _OWN_PATCH, Phase.DEMAND),
        "submit": _right("submit a patch", _OWN_PATCH, Phase.DEMAND),
        "accept": _right("accept a submission", _LEADER, Phase.DEMAND),
        "accept_leaders": _right(
            "accept what a sales leader submitted", MappingProxyType({**_LEADER, "DP": Scope.COMPANY}), Phase.DEMAND
        ),
        "return": _right("return a submission", _LEADER, Phase.DEMAND),
        "close_input": _right("close the sales input", _any("SM", "OWN"), Phase.DEMAND),
        "change": _right(
            "ask for a change of a patch that has closed", MappingProxyType({"SP": Scope.PATCH}), *_CLOSED
        ),
        "resolve": _right("answer a change request", _LEADER, *_CLOSED),
        "edit_L2M": _right("adjust the team's forecast", _LEADER, Phase.DEMAND),
        "edit_L3": _right("turn news into demand", _any("DP"), Phase.DEMAND),
        "edit_L4": _right("propose a planner's change", _any("DP"), Phase.DEMAND),
        "edit_L5": _right("write what the demand meeting agreed", _any("SM"), Phase.DEMAND),
        "confirm_orders": _right("confirm orders", _OWN_PATCH, Phase.DEMAND),
        "request_order": _right("ask for an order to be corrected", _OWN_PATCH),
        "settle_request": _right("answer for the order desk", _any("SS", "DP")),
        "news": _right("share news", MappingProxyType({**_SALES, "DP": Scope.COMPANY}), Phase.DEMAND),
        "brief": _right("say what is new with a key account", _SALES),
        "triage": _right("decide on news", _any("DP"), Phase.DEMAND),
        "judge": _right("judge what is unlike the past", _any("DP"), Phase.DATA, Phase.DEMAND),
        "look": _right("mark a forecast as looked at", _any("DP"), Phase.DEMAND),
        "ask": _right("ask a question", _any("DP")),
        "reply": _right(
            "answer a question", MappingProxyType(dict.fromkeys((*PLANNERS, "DH", "SP", "PM"), Scope.OWNER))
        ),
        "agree": _right("make the consensus", _any("DP"), Phase.DEMAND),
        "sign_demand": _right("sign the demand", _any("SM"), Phase.DEMAND),
        "plan": _right("make the supply plan", _any("SS"), Phase.SUPPLY),
        "escalate": _right("escalate a shortage", _any("SS", "OP"), Phase.SUPPLY),
        "answer_plan": _right("answer the plan of a plant", MappingProxyType({"PM": Scope.SITE}), *_HANDED),
        "emergency": _right("name an emergency", _any("SS", "OP"), *_BESIDE_EXEC),
        "sign_supply": _right("sign the supply plan", _any("OP"), Phase.SUPPLY),
        "review": _right("make the review", _any("FIN", "SS", "DP"), Phase.RECONCILE),
        "sign_review": _right("sign the recommendation", _any("OP"), Phase.RECONCILE),
        "weigh": _right("weigh the options of a conflict", _any("SS", "OP", "DP", "OWN"), Phase.RECONCILE, Phase.EXEC),
        "prepare": _right("prepare decision papers", _any("OWN", "SS"), Phase.RECONCILE, Phase.EXEC),
        "decide": _right("decide a paper", _any("EX"), Phase.EXEC),
        "take_back": _right("take an emergency back", MappingProxyType(dict.fromkeys(("SS", "OP"), Scope.OWNER))),
        "decide_emergency": _right("decide an emergency between meetings", _any("EX", "OP", "SM")),
        "say_for_supply": _right("say for supply whether an emergency comes", _any("OP")),
        "say_for_sales": _right("say for sales whether an emergency comes", _any("SM")),
        "decide_displacing": _right("decide an emergency that makes others wait, or is over the limit", _any("EX")),
        "replan": _right("plan again as decided", _any("SS"), Phase.EXEC),
        "confirm_final": _right("confirm the final plan", _any("OP"), Phase.EXEC),
        "approve_final": _right("approve the final plan", _any("EX"), Phase.EXEC),
        "publish": _right("publish the plan", _any("OWN"), Phase.PUBLISH),
        "set_parameter": _right("change a planning parameter", _any("SS")),
        "set_tolerance": _right("set a budget tolerance", _any("EX")),
        "send_pack": _right("send the supply meeting's pages", _any("SS"), Phase.SUPPLY, Phase.RECONCILE),
        "measure": _right("measure adherence", _any("OWN"), Phase.MONITOR, Phase.DATA),
        "choose_messages": _right("choose what she is told of", _any(*PLANNERS, "DH", "SP", "PM")),
        "explain": _right(
            "answer for a breach",
            MappingProxyType(dict.fromkeys((*PLANNERS, "DH", "SP", "PM"), Scope.OWNER)),
            *(phase for phase in Phase if phase is not Phase.CLOSED),  # due on day 20, and late is better than never
        ),
        "agree_action": _right("write down an action of a meeting", _any(*PLANNERS)),
        "close_action": _right(
            "close an action", MappingProxyType(dict.fromkeys((*PLANNERS, "DH", "SP", "PM"), Scope.OWNER))
        ),
    }
)
"""Every verb that writes. A verb that is not here is nobody's."""

READ: Mapping[Figure, Mapping[str, Scope]] = MappingProxyType(
    {
        Figure.VOLUME: MappingProxyType(
            {**dict.fromkeys(PLANNERS, Scope.COMPANY), "DH": Scope.DIVISION, "SP": Scope.PATCH, "PM": Scope.SITE}
        ),
        Figure.PRICE: MappingProxyType(
            {**dict.fromkeys(PLANNERS, Scope.COMPANY), "DH": Scope.DIVISION, "SP": Scope.PATCH}
        ),
        Figure.COST: MappingProxyType({**dict.fromkeys(PLANNERS, Scope.COMPANY), "DH": Scope.DIVISION}),
        Figure.SKILL: MappingProxyType(
            {**_any("DP", "OWN"), "SM": Scope.ORGANISATION, "SP": Scope.PATCH}  # hers, her manager's, the process's
        ),
        Figure.BRIEF: _any("EX", "SM"),
    }
)
"""Who reads which class of figure, over what. The administrator reads none."""
