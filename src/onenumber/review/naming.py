"""What things are called in sentences: by their names, with the key where one would look for it."""

from collections.abc import Mapping

import polars as pl

from onenumber.demand.streams import rest_of
from onenumber.model.axis import SEPARATOR
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Value

Names = Mapping[str, str]
"""Names by kind and key, as ``item:HEX-01``."""
TABLES = (
    ("divisions", "division"), ("families", "family"), ("items", "item"),
    ("sites", "site"), ("resources", "resource"), ("vendors", "vendor"), ("patches", "patch"),
)  # fmt: skip
KEYED = ("item", "resource", "vendor", "patch")
"""Kinds of which people know the key as well, so that it stands behind the name."""
ANYWHERE = ("resource", "vendor", "item", "site", "division")
"""Kinds among which a place that does not say its kind is looked for, in this order."""


def names_in(company: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """What everything that has a name in the master data is called, by kind and key; also the rest of each patch.

    Example:
        >>> names_in({"sites": pl.DataFrame({"site": ["BRN", "ODE"], "name": ["Brno", None]})})
        {'site:BRN': 'Brno'}
    """
    found = {
        f"{kind}:{key}": name
        for table, kind in TABLES
        for key, name in table_or_empty(company, table).select(kind, "name").iter_rows()
        if name
    }
    return found | {f"customer:{key}": name for key, name in customers_in(company).items()}


def customers_in(company: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """What every planning customer that has a name is called, by key: those of the master data and the rest of patches.

    Example:
        >>> company = {"patches": pl.DataFrame({"patch": ["P1"], "name": ["DACH"]}),
        ...            "customers": pl.DataFrame({"customer": ["C1"], "name": ["Union"], "channel": ["retail"]})}
        >>> customers_in(company)
        {'C1': 'Union', 'rest of P1, retail': 'the rest of DACH (retail)'}
    """
    table = table_or_empty(company, "customers")
    found = {key: name for key, name in table.select("customer", "name").iter_rows() if name}
    channels = sorted(table["channel"].drop_nulls().unique().to_list())
    for patch, name in table_or_empty(company, "patches").select("patch", "name").drop_nulls().iter_rows():
        found |= {rest_of(patch, one): f"the rest of {name} ({one})" for one in channels}
    return found


def name_of(kind: str, key: str, names: Names) -> str:
    """What something of a kind is called: its name, its key behind it where people know that; a key without a name.

    Example:
        >>> names = {"item:HEX-01": "Heat exchanger 1", "site:ODE": "Odense"}
        >>> name_of("item", "HEX-01", names), name_of("site", "ODE", names), name_of("site", "BRN", names)
        ('Heat exchanger 1 (HEX-01)', 'Odense', 'BRN')
    """
    name = names.get(f"{kind}:{key}")
    if not name or name == key:
        return key
    return f"{name} ({key})" if kind in KEYED else name


def place_name(label: str, names: Names) -> str:
    """What a place is called that does not say its kind: a line, a vendor, an item, or an item at a site or customer.

    Example:
        >>> names = {"item:HEX-01": "Heat exchanger 1", "site:ODE": "Odense", "customer:C01": "Baumarkt Union"}
        >>> place_name("HEX-01|ODE", names), place_name("HEX-01|C01", names), place_name("L9", names)
        ('Heat exchanger 1 (HEX-01) at Odense', 'Heat exchanger 1 (HEX-01) for Baumarkt Union', 'L9')
    """
    key, _, where = label.partition(SEPARATOR)
    if where:
        joined = "for" if f"customer:{where}" in names else "at"
        kind = "customer" if joined == "for" else "site"
        return f"{name_of('item', key, names)} {joined} {name_of(kind, where, names)}"
    kind = next((one for one in ANYWHERE if f"{one}:{key}" in names), "")
    return name_of(kind, key, names)


def place_words(place: Mapping[str, str], names: Names) -> str:
    """A place of the plan, by attribute and key, in words; a stream is an item for a customer.

    Example:
        >>> names = {"item:HEX-01": "Heat exchanger 1", "customer:C01": "Baumarkt Union"}
        >>> place_words({"stream": "HEX-01|C01"}, names), place_words({"planning_customer": "C01"}, names)
        ('Heat exchanger 1 (HEX-01) for Baumarkt Union', 'Baumarkt Union')
        >>> place_words({}, names)
        'the company'
    """
    kinds = {"planning_customer": "customer"}
    said = (
        place_name(key, names) if level == "stream" else name_of(kinds.get(level, level), key, names)
        for level, key in place.items()
    )
    return ", ".join(said) or "the company"


def named_values(values: Mapping[str, Value], names: Names) -> dict[str, Value]:
    """The values of a finding whose name says what they are (``item``, ``site``, ``patch`` ...), called by their names.

    Example:
        >>> named_values({"site": "ODE", "days": 3}, {"site:ODE": "Odense"})
        {'site': 'Odense', 'days': 3}
    """
    kinds = {kind for _table, kind in TABLES}
    return {
        key: name_of(key, value, names) if key in kinds and isinstance(value, str) else value
        for key, value in values.items()
    }
