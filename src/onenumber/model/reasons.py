"""Why a plan was not kept: the codes that an answer may carry, none ever used again for another thing."""

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "CUS-WIN": "a customer was won",
        "CUS-LOSS": "a customer was lost",
        "CUS-SHARE": "customers buy more or less of us, nothing that lasts",
        "CUS-DESTOCK": "a customer runs its stock down",
        "CUS-STOCKUP": "a customer fills its stock",
        "CUS-PROJECT": "a single project",
        "CUS-CREDIT": "a customer was blocked for its credit",
        "MKT-GROWTH": "the market grows or shrinks",
        "MKT-SEASON": "the season came early or late",
        "MKT-WEATHER": "the weather",
        "COM-PRICE": "a competitor's price",
        "COM-LAUNCH": "a competitor's new product",
        "COM-OUTAGE": "a competitor could not deliver",
        "PRI-INCREASE": "our price went up",
        "PRI-DISCOUNT": "a discount",
        "PRI-FORWARDBUY": "bought ahead of a higher price",
        "PRO-HIGH": "a promotion brought more than planned",
        "PRO-LOW": "a promotion brought less than planned",
        "PRO-MOVED": "a promotion was moved",
        "NPI-LATE": "a launch came late",
        "NPI-CANNIBAL": "a new item took from an old one",
        "TIM-PULL": "pulled from a later month",
        "TIM-PUSH": "pushed to a later month",
        "TIM-CUTOFF": "booked on the other side of the month's end",
        "SUP-STOCKOUT": "nothing was in stock",
        "SUP-ALLOC": "there was not enough for everybody",
        "SUP-LATE": "made or delivered late",
        "SUP-QUAL": "quality",
        "SUP-LOG": "transport",
        "FC-BIAS": "the forecast is always on one side",
        "FC-NOINPUT": "nobody told us",
        "FC-EVENTMISS": "an event was not in the forecast",
        "FC-TARGET": "the figure was a target",
        "DAT-UOM": "a unit was wrong",
        "DAT-MASTER": "master data were wrong",
        "DAT-DUPL": "something was counted twice",
        "UNX-NOISE": "within what always varies",
    }
)
"""Every code with what it says (domain.md 6.3); an answer may carry none."""
TIMING = ("TIM-PUSH", "TIM-PULL", "TIM-CUTOFF")
"""Codes of an explanation that later months prove or not: what did not come must come, what came early must lack."""
