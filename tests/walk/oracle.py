"""Who may read what, written down from the design alone: nothing of `rights` is asked.

A rights table that says otherwise is wrong, or this page is: either way somebody looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PLANNERS = ("eva", "ines", "ivo", "dora", "omar", "sven", "fay", "olga")
"""Who plans the company reads its volumes, prices and costs."""
NOBODY = ("adam", "carl", "late")
"""Who reads nothing of the plan: the administrator, who sold a patch until yesterday, whose deputyship is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a person reads who reads a part only: which level and label, and whether its prices and costs."""

    level: str
    label: str
    prices: bool
    costs: bool


PARTS = {
    "ana": Part(level="patch", label="Nord", prices=True, costs=False),
    "dea": Part(level="patch", label="Nord", prices=True, costs=False),
    "ben": Part(level="patch", label="South", prices=True, costs=False),
    "wim": Part(level="patch", label="West", prices=True, costs=False),
    "dirk": Part(level="division", label="DA", prices=True, costs=True),
    "dele": Part(level="division", label="DB", prices=True, costs=True),
    "pia": Part(level="site", label="P1", prices=False, costs=False),
    "paul": Part(level="site", label="P2", prices=False, costs=False),
}
SKILL = {
    "ana": {"ana", "ines", "dora", "olga"},
    "ben": {"ben", "ines", "dora", "olga"},
    "wim": {"wim", "ivo", "dora", "olga"},
}
"""Whose skill is whose to read: the person, the direct manager, the demand planner, the process owner. No deputy."""
SELLERS = {"Nord": "ana", "South": "ben", "West": "wim"}
LEADERS = ("eva", "ines", "ivo")
"""Executive and sales leaders, who read what is confidential of a key account."""
BRIEFS = {"BRIEFBEN": {"eva", "ines", "ivo", "ben"}, "BRIEFINES": {"eva", "ines", "ivo"}}
"""A brief is confidential: executive, sales leaders, and who wrote it."""
BESIDE = ("dirk", "dele", "pia", "paul")
"""Heads of divisions and plant managers read news about demand whose volumes they read."""
TOLD = {
    "NEWSBEN": {"ben", *BESIDE}, "TRIAGEBEN": {"ben", *BESIDE}, "NEWSWIM": {"wim", "ben", *BESIDE},
    "TRIAGEWIM": {"wim", "ben", *BESIDE},
    "ASKBEN": {"ben"}, "REPLYBEN": {"ben"}, "7171": {"ben"}, "ASKPAUL": {"paul"},
    "EDITBEN": {"ben", "dirk", "pia", "paul"}, "EDITDORA": {"ben", "dirk", "pia", "paul"}, "ACTIONBEN": {"ben"},
    "REQUESTBEN": {"ben"}, "SETTLEBEN": {"ben"},
    "SUBMITBEN": {"ben"}, "RETURNBEN": {"ben"}, "AGAINBEN": {"ben"}, "ACCEPTSOUTH": {"ben"},
    "SUBMITWIM": {"wim"}, "ACCEPTWEST": {"wim"}, "CHANGEBEN": {"ben"}, "RESOLVEINES": {"ben"},
    "CHANGEWIM": {"wim"},
    "TAKEPAUL": {"paul"}, "CANNOTPAUL": {"paul"}, "PACKNOTE": set[str](), "ESCALATESVEN": set[str](),
    "WAIVEOLGA": set[str](), "RATIONALEEVA": set[str](), "BUDGETEVA": set[str](), "FINDITEM": set[str](),
    "ANSWEROMAR": set[str](), "PROMISEOMAR": set[str](),
}  # fmt: skip
"""Words of the month that planners hear, and who else: whose they are and whom they are about."""
JOBS = {"JOBDORA": {"dora", "olga"}, "JOBOLGA": {"olga"}}
"""A job is seen by who asked for it, and by the process owner."""
CONFIDENTIAL = BRIEFS | JOBS
CUSTOMERS = {
    "Sirius Secret": "South", "Betelgeuse Quay": "South", "Gammaray Web": "South", "sirius": "South",
    "rest of South": "South", "Omicron Fields": "West", "omicron": "West",
}  # fmt: skip
"""Customers by their patch: who sells elsewhere does not learn of them."""


def rows_read(figure: str, person: str, streams: Iterable[Mapping[str, str]]) -> list[bool]:
    """Which streams of demand a person reads in a class of figure; a plant serves them all, in volumes."""
    part, company = PARTS.get(person), person in (LEADERS if figure == "brief" else PLANNERS)
    if figure == "skill":
        return [person in SKILL[SELLERS[one["patch"]]] for one in streams]
    read = {"volume": True, "price": part is not None and part.prices, "cost": part is not None and part.costs}
    hers = part is not None and read.get(figure, False)
    return [company or (hers and part is not None and one.get(part.level, part.label) == part.label) for one in streams]


def may_read(word: str, person: str) -> bool:
    """Whether a word of the month may stand on a page of a person's."""
    if word in CONFIDENTIAL:
        return person in CONFIDENTIAL[word]
    if word in CUSTOMERS:
        part = PARTS.get(person)
        return person in PLANNERS or (part is not None and part.level != "patch") or _sells(person, word)
    return person in PLANNERS or person in TOLD[word]


def _sells(person: str, customer: str) -> bool:
    part = PARTS.get(person)
    return part is not None and part.label == CUSTOMERS[customer]


def words() -> tuple[str, ...]:
    """Every word that is somebody's."""
    return (*CONFIDENTIAL, *TOLD, *CUSTOMERS)
