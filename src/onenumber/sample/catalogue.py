"""What Tarnvik Flow Systems is: divisions, families, items, plants, lines, materials and vendors, by name."""

import math
from dataclasses import dataclass

NAME = "Tarnvik Flow Systems"
GOLDEN = (math.sqrt(5) - 1) / 2
PER_FAMILY = 10
PER_PLANT = 20
"""Materials of a plant."""


def between(k: int, low: float, high: float) -> float:
    """The ``k``-th of an even, never repeating sequence over [low, high] on a log scale: structure without chance.

    Example:
        >>> [round(between(k, 1.0, 10.0), 2) for k in (0, 1, 2)]
        [1.0, 4.15, 1.72]
    """
    return low * float((high / low) ** (k * GOLDEN % 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family: what it sells in a month, how it grows and swings, how long a unit takes and what it earns.

    ``season`` holds a factor per month counted from the current one, mean 1; ``volume`` is units in a month today;
    ``markup`` is price over variable cost.
    """

    key: str
    name: str
    division: str
    line: str
    prefix: str
    models: tuple[str, ...]
    volume: float
    growth: float
    season: tuple[float, ...]
    hours: float
    material: float
    markup: float


_FLAT = (1.0,) * 12
_PEAK = (1.20, 1.24, 1.28, 1.34, 1.38, 1.20, 1.00, 0.75, 0.60, 0.60, 0.65, 0.76)
_SUMMER = (0.93, 0.98, 1.06, 1.12, 1.14, 1.10, 1.04, 0.98, 0.93, 0.90, 0.90, 0.92)
_EARLY = (1.20, 1.28, 1.22, 1.10, 1.00, 0.90, 0.82, 0.78, 0.80, 0.87, 0.97, 1.06)
_MILD = (1.00, 1.02, 1.04, 1.05, 1.04, 1.02, 1.00, 0.98, 0.96, 0.95, 0.96, 0.98)


_SEASONS = (_FLAT, _PEAK, _SUMMER, _EARLY, _MILD)


def _family(
    key: str, name: str, rest: tuple[str, str, str], models: str, figures: tuple[float, float, int, float, float, float]
) -> Family:
    division, line, prefix = rest
    volume, growth, season, hours, material, markup = figures
    return Family(
        key=key, name=name, division=division, line=line, prefix=prefix, models=tuple(models.split(",")),
        volume=volume, growth=growth, season=_SEASONS[season], hours=hours, material=material, markup=markup,
    )  # fmt: skip


DIVISIONS = (("GAR", "Home & Garden"), ("IND", "Industrial Process"), ("CTL", "Controls & Sealing"))

FAMILIES = (
    _family("GPU", "Garden pumps", ("GAR", "L11", "Garden pump"),
            "GP 300,GP 400,GP 400 S,GP 500,GP 650,GP 650 Inox,GP 800,GP 900 Auto,GP 1000,GP 420",
            (5200, 0.06, 1, 0.14, 34, 1.95)),
    _family("RWS", "Rainwater sets", ("GAR", "L21", "Rainwater set"),
            "R1 Basic,R1 Plus,R2 Basic,R2 Plus,R3 Tank,R3 Flat,R4 Flat,R5 Pro,R5 Pro XL,R6 Cellar",
            (1500, 0.04, 4, 0.35, 82, 1.6)),
    _family("POF", "Pool filters", ("GAR", "L12", "Pool filter"),
            "F 25,F 35,F 40 Sand,F 45,F 50 Sand,F 60,F 60 UV,F 75,F 90,F 90 UV",
            (4000, 0.03, 2, 0.10, 21, 1.7)),
    _family("HOS", "Hose reels and fittings", ("GAR", "L13", "Hose reel"),
            "H 15,H 20,H 20 Wall,H 25,H 25 Auto,H 30,H 40 Cart,H 50 Cart,H 50 Steel,H 60 Steel",
            (9000, -0.02, 2, 0.05, 11, 1.55)),
    _family("PRO", "Process pumps", ("IND", "L21", "Process pump"),
            "PX 25,PX 32,PX 40,PX 50,PX 65,PX 80,PX 80 ATEX,PX 100,PX 125,PX 150",
            (520, 0.05, 0, 1.30, 410, 1.75)),
    _family("DOS", "Dosing pumps", ("IND", "L11", "Dosing pump"),
            "D 1,D 2,D 2 PVDF,D 4,D 4 PVDF,D 6,D 8,D 10,D 12,D 16",
            (1950, 0.03, 0, 0.30, 96, 1.45)),
    _family("HEX", "Heat exchangers", ("IND", "L22", "Heat exchanger"),
            "HX 10,HX 14,HX 20,HX 28,HX 40,HX 56,HX 80,HX 80 Duo,HX 112,HX 160",
            (110, 0.04, 0, 6.5, 1250, 1.7)),
    _family("MOT", "Motor units", ("IND", "L32", "Motor unit"),
            "M 0.37,M 0.55,M 0.75,M 1.1,M 1.5,M 2.2,M 3.0,M 4.0,M 5.5,M 7.5",
            (2200, 0.02, 0, 0.22, 74, 1.5)),
    _family("DRV", "Drives and controllers", ("CTL", "L31", "Drive"),
            "V 1,V 2,V 3,V 3 Net,V 5,V 5 Net,V 7,V 7 Net,V 11,V 11 Net",
            (1600, 0.07, 0, 0.32, 118, 1.85)),
    _family("VAL", "Valves and actuators", ("CTL", "L32", "Valve"),
            "VA 15,VA 20,VA 25,VA 32,VA 40,VA 50,VA 65,VA 80,VA 100 Pneu,VA 150 Pneu",
            (3000, 0.01, 4, 0.16, 39, 1.6)),
    _family("SEA", "Sealing compounds", ("CTL", "L23", "Compound"),
            "S 10,S 20,S 20 HT,S 30,S 30 HT,S 40,S 50 Food,S 60,C 310 cartridge,C 310 HT cartridge",
            (24000, 0.02, 3, 0.015, 3.2, 1.8)),
    _family("SEN", "Sensors", ("CTL", "L31", "Sensor"),
            "SE flow 1,SE flow 2,SE level 1,SE level 2,SE temp 1,SE temp 2,SE pH,SE redox,SE press 1,SE press 2",
            (7000, 0.05, 0, 0.04, 14, 1.9)),
)  # fmt: skip
"""The twelve families, four in a division, four in a plant."""

MADE_TO_ORDER, ASSEMBLED = "HEX", "DOS"
COMPOUNDS = "SEA"
CARTRIDGES = 2
"""The last items of the compounds come in pieces, not in kilograms."""
CARTRIDGE_KG = 0.6

SITES = (("RAV", "Ravensburg"), ("ODE", "Odense"), ("BRN", "Brno"))
PLANT_2 = "ODE"

LINES = (
    ("L11", "Pump assembly", "RAV"), ("L12", "Filter moulding", "RAV"), ("L13", "Reel assembly", "RAV"),
    ("L21", "Large assembly", "ODE"), ("L22", "Brazing", "ODE"), ("L23", "Compounding", "ODE"),
    ("L31", "Electronics", "BRN"), ("L32", "Motors and valves", "BRN"),
)  # fmt: skip

SITE_OF_LINE = {line: site for line, _, site in LINES}

MATERIALS = {
    "RAV": (
        "Pump housing DN25", "Pump housing DN32", "Impeller PA66", "Impeller Noryl", "Shaft 12 mm inox", "Float switch",
        "Mains cable 10 m", "Mains cable 20 m", "Mechanical seal 12", "PVDF dosing head", "Diaphragm EPDM",
        "Stepper motor N23", "Filter tank PP", "Filter sand 25 kg", "UV lamp 18 W", "PVC hose 1/2 inch",
        "Reel drum ABS", "Steel frame tube", "Brass connector 3/4", "Carton RAV-2",
    ),
    "ODE": (
        "Casting PX small", "Casting PX large", "Duplex impeller", "Shaft 28 mm", "Bearing 6305", "Cartridge seal 28",
        "Base plate", "Coupling C40", "PE tank 300 l", "PE tank 1000 l", "Downpipe filter", "Inox plate 0.4 mm",
        "Copper foil", "Connection flange", "Polymer base A", "Polymer base B", "Filler chalk", "Hardener HT",
        "Cartridge shell 310", "Pallet wrap ODE",
    ),
    "BRN": (
        "Controller board CB-7", "Power module 600 V", "Heat sink", "Display 2.4 inch", "Drive housing",
        "Fieldbus module", "Terminal block", "Sensor element Pt", "Flow turbine", "pH glass", "M12 connector",
        "Sensor sleeve", "Stator pack", "Copper wire 0.8", "Rotor shaft", "Bearing 6203", "Valve body brass",
        "Valve body inox", "Actuator spring", "Carton BRN-1",
    ),
}  # fmt: skip
"""Twenty materials bought for each plant."""

VENDORS = (
    "Albrecht Guss", "Bellini Polimeri", "Castwell Foundry", "Delta Inox", "Ervik Cables", "Fabre Joints",
    "Gornik Steel", "Sillner Elektronik", "Hallberg Bearings", "Iberplast", "Jansen Motion", "Kovar Metal",
    "Lumen Lamps", "Moravia Castings", "Nordic Polymers", "Orsted Packaging", "Pardubice Wire", "Quarz Sand Haltern",
    "Rhone Chimie", "Sakai Components", "Tessin Connect", "Ulm Antriebe", "Vantaa Sensors", "Westerwald Carton",
    "Zeeland Tanks",
)  # fmt: skip
"""Vendors V01 to V25."""


def item_key(family: Family, k: int) -> str:
    """Key of the ``k``-th item of a family.

    Example:
        >>> item_key(FAMILIES[0], 1)
        'GPU-02'
    """
    return f"{family.key}-{k + 1:02d}"


def material_key(site: str, k: int) -> str:
    """Key of the ``k``-th material of a plant.

    Example:
        >>> material_key("BRN", 0)
        'M-BRN-01'
    """
    return f"M-{site}-{k + 1:02d}"


def weight(k: int) -> float:
    """Share of the ``k``-th item in its family: a few sell most.

    Example:
        >>> round(weight(0) / weight(9), 1)
        5.0
    """
    return float((k + 1) ** -0.7 / sum(float((j + 1) ** -0.7) for j in range(PER_FAMILY)))
