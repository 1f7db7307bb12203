"""The 45 customers of the model company and the six patches they lie in."""

from dataclasses import dataclass

TERRITORIES = (
    ("T1", "Germany, Austria, Switzerland", "Central"), ("T2", "Nordics", "North"),
    ("T3", "France and Benelux", "West"),
    ("T4", "Iberia and Italy", "South"), ("T5", "Central and Eastern Europe", "East"),
)  # fmt: skip

PATCHES = (
    ("P1", "DACH retail", "T1"), ("P2", "DACH industry", "T1"), ("P3", "Nordics", "T2"),
    ("P4", "France and Benelux", "T3"), ("P5", "Iberia and Italy", "T4"), ("P6", "Central and East", "T5"),
)  # fmt: skip

FAMILIES_OF = {
    "retail": ("GPU", "RWS", "POF", "HOS"),
    "online": ("GPU", "POF", "HOS", "SEN"),
    "wholesale": ("GPU", "RWS", "VAL", "SEA", "MOT", "PRO"),
    "oem": ("DOS", "MOT", "DRV", "SEN", "SEA"),
    "projects": ("PRO", "HEX", "DRV", "VAL", "DOS"),
}
"""What each channel buys."""

ORDER_DAYS = {"retail": 5.0, "online": 3.0, "wholesale": 6.0, "oem": 16.0, "projects": 20.0}
"""Days between order and requested date, on average, by channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer: where it belongs, how big it is, and whether it is planned by name."""

    key: str
    name: str
    channel: str
    patch: str
    size: float
    priority: str
    named: bool
    key_account: bool


_LIST = (
    ("Baumarkt Union", "retail", "P1", 5.0, "AK"), ("Gartenfreund Gruppe", "retail", "P1", 4.0, "AK"),
    ("Hagen Heimwerk", "retail", "P1", 2.5, "BN"), ("Almgruen Handel", "retail", "P1", 1.2, "C"),
    ("Poolwelt Direkt", "online", "P1", 2.4, "BN"), ("Tropfen24", "online", "P1", 1.6, "C"),
    ("Werkzeughaus Zuber", "retail", "P1", 0.9, "C"), ("Seeufer Garten", "retail", "P1", 0.8, "CN"),
    ("Meridian Anlagenbau", "projects", "P2", 4.2, "AK"), ("Lechtal Dosiertechnik", "oem", "P2", 5.0, "AK"),
    ("Rheinwasser Technik", "oem", "P2", 3.0, "AN"), ("Stahlgruber Prozess", "projects", "P2", 2.0, "BN"),
    ("Isar Systeme", "oem", "P2", 1.5, "C"), ("Kemper Grosshandel", "wholesale", "P2", 3.0, "BN"),
    ("Donau Armaturen", "wholesale", "P2", 1.6, "C"), ("Vogt Maschinen", "oem", "P2", 1.1, "C"),
    ("Nordlys Bygg", "retail", "P3", 2.6, "AK"), ("Fjordvand", "wholesale", "P3", 2.4, "BN"),
    ("Skagen Process", "projects", "P3", 2.2, "BN"), ("Aalto Automaatio", "oem", "P3", 2.8, "AK"),
    ("Malmo VVS", "wholesale", "P3", 1.4, "C"), ("Havnegade Online", "online", "P3", 1.0, "C"),
    ("Lofoten Aqua", "projects", "P3", 0.9, "C"),
    ("Brico Horizon", "retail", "P4", 4.0, "AK"), ("Maison Verte", "retail", "P4", 1.8, "BN"),
    ("Flandre Fluides", "wholesale", "P4", 2.6, "BN"), ("Lyon Process", "projects", "P4", 2.2, "C"),
    ("Saone Equipement", "oem", "P4", 2.0, "BN"), ("Polder Techniek", "wholesale", "P4", 1.7, "C"),
    ("Jardin Plus", "online", "P4", 1.3, "C"), ("Ardennes Industrie", "oem", "P4", 0.9, "C"),
    ("Ferreteria Central", "wholesale", "P5", 2.2, "BN"), ("Acqua Nova", "wholesale", "P5", 2.8, "AK"),
    ("Torino Macchine", "oem", "P5", 2.6, "BN"), ("Levante Riego", "retail", "P5", 1.7, "C"),
    ("Porto Processos", "projects", "P5", 1.3, "C"), ("Brescia Valvole", "wholesale", "P5", 1.5, "C"),
    ("Costa Piscinas", "retail", "P5", 1.2, "C"),
    ("Morava Technik", "oem", "P6", 3.2, "AK"), ("Wisla Hurt", "wholesale", "P6", 2.6, "BN"),
    ("Karpaty Projekt", "projects", "P6", 1.9, "BN"), ("Balaton Kert", "retail", "P6", 1.8, "C"),
    ("Danubius Pumpa", "wholesale", "P6", 1.5, "C"), ("Baltic Dosing", "oem", "P6", 1.4, "C"),
    ("Tatra Systems", "projects", "P6", 1.1, "C"),
)  # fmt: skip


def _customer(k: int, row: tuple[str, str, str, float, str]) -> Customer:
    name, channel, patch, size, marks = row
    return Customer(
        key=f"C{k + 1:02d}", name=name, channel=channel, patch=patch, size=size, priority=marks[0],
        named=len(marks) > 1, key_account="K" in marks,
    )  # fmt: skip


CUSTOMERS = tuple(_customer(k, row) for k, row in enumerate(_LIST))
"""All customers, C01 to C45, patch by patch."""

TERRITORY_OF = {patch: territory for patch, _, territory in PATCHES}


def planning_customer(customer: Customer) -> str:
    """What a customer is planned as: itself when named, else the rest of its patch and channel.

    Example:
        >>> planning_customer(CUSTOMERS[0]), planning_customer(CUSTOMERS[3])
        ('C01', 'rest of P1, retail')
    """
    return customer.key if customer.named else f"rest of {customer.patch}, {customer.channel}"
