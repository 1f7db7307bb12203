"""The data contract: which tables a company brings, column by column.

``TABLES`` maps each table's name to its :class:`Table`. Files are read against it, the documentation and the JSON
Schema are generated from it, so neither can drift.
"""

from types import MappingProxyType

from onenumber.model.contract import customers, facts, money, people, plan, products, supply
from onenumber.model.contract.column import Column, Kind, Table

TABLES = MappingProxyType(
    {
        table.name: table
        for subject in (plan, products, customers, people, supply, money, facts)
        for table in subject.TABLES
    }
)
"""Every table of the contract by name, in the order in which a newcomer reads them."""

COMPANY = tuple(name for name, table in TABLES.items() if not table.fact)
"""Names of the tables of the Company sheet: master data."""

LOAD = tuple(name for name, table in TABLES.items() if table.fact)
"""Names of the tables of the Load sheet: facts."""

__all__ = ["COMPANY", "LOAD", "TABLES", "Column", "Kind", "Table"]
