"""What a company calls its things: worked out once for each version of its tables in a process.

Every page asks for it, some of its sentences one by one, and a version of the company never changes.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from onenumber.review.naming import Names, customers_in, names_in
from onenumber.steps.frame.context import KEPT, Context
from onenumber.store.models import Cycle
from onenumber.store.versions import Versions


def names_at(context: Context, cycle: Cycle | None = None) -> Names:
    """What :func:`onenumber.review.naming.names_in` says of the company of a cycle; of the newest if none is named."""
    content = context.company_content(cycle)
    return _names(context.versions, content) if content is not None else {}


def customers_at(context: Context, cycle: Cycle | None = None) -> Mapping[str, str]:
    """What :func:`onenumber.review.naming.customers_in` says of it."""
    content = context.company_content(cycle)
    return _customers(context.versions, content) if content is not None else {}


@lru_cache(maxsize=KEPT)
def _names(versions: Versions, content: str) -> Names:
    return MappingProxyType(names_in(versions.get(content).tables))


@lru_cache(maxsize=KEPT)
def _customers(versions: Versions, content: str) -> Mapping[str, str]:
    return MappingProxyType(customers_in(versions.get(content).tables))
