"""What an emergency is asked for: where its item can come, and as which customer's demand it counts."""

from collections.abc import Mapping

import polars as pl

from onenumber.demand.streams import with_stream
from onenumber.errors.steps import BadArgumentError
from onenumber.model.contract.empty import table_or_empty
from onenumber.steps.frame.context import Context, Tables
from onenumber.store.models import Cycle

STEP = "emergency"


def sources(company: Tables) -> Mapping[str, tuple[str, ...]]:
    """Where each item is made or bought, by key."""
    rows = pl.concat([table_or_empty(company, name).select("item", "site") for name in ("rates", "vendor_items")])
    found = rows.drop_nulls().unique().sort("item", "site").group_by("item", maintain_order=True).agg("site")
    return {item: tuple(sites) for item, sites in found.iter_rows()}


def site_of(company: Tables, *, item: str, site: str) -> str:
    """The site that is named; where none is, the only one at which the item is made or bought.

    Raises:
        BadArgumentError: if none is named and there are several, or none.
    """
    found = (site,) if site else sources(company).get(item, ())
    if len(found) == 1:
        return found[0]
    why = f"say at which of them it is to come: {', '.join(found)}" if found else f"{item} is made or bought nowhere"
    raise BadArgumentError(step=STEP, argument="site", value=site, reason=why)


def stream_of(context: Context, cycle: Cycle, *, item: str, customer: str) -> str:
    """The demand stream by which a customer asks for an item in a cycle; empty where none is named.

    Raises:
        BadArgumentError: if the company has no such customer.
    """
    if not customer:
        return ""
    company = context.company(cycle)
    if customer not in company["customers"]["customer"].to_list():
        why = "the company has no customer of that key; the page Orders lists them by name"
        raise BadArgumentError(step=STEP, argument="customer", value=customer, reason=why)
    asked = pl.DataFrame({"item": [item], "customer": [customer]})
    placed = with_stream(asked, company=company, as_of=context.frame(cycle).calendar[cycle.index].start)
    return str(placed["stream"][0])
