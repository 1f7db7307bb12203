"""Items that the plan cannot make, buy or bring where they are needed, and why."""

import numpy as np
import polars as pl

from onenumber.model.finding import Finding
from onenumber.supply.findings import attention_finding
from onenumber.supply.network import Network

CODES = {
    "no_route": "supply_no_route",
    "no_route_unlimited": "supply_no_route_unlimited",
    "no_site": "supply_no_site",
    "no_vendor": "supply_no_vendor",
    "no_vendor_unlimited": "supply_no_vendor_unlimited",
}
"""Finding code of each reason."""
SCHEMA = {"item": pl.String, "site": pl.String, "reason": pl.String}


def unplanned(network: Network) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Cells without a source that something asks of: item, site, reason; each is a finding.

    ``no_route`` for what is made, ``no_vendor`` for what is bought; with ``_unlimited`` where it counts as never
    short (components; with the setting, what is sold too). ``no_site``: streams that no sourcing rule serves (site
    empty).
    """
    cells, nodes = network.cells, network.nodes
    names = cells.axis.attributes
    sold, used = np.zeros((2, len(cells.axis)), dtype=bool)
    asked = nodes.demand.sum(axis=1) + nodes.opening > 0
    sold[nodes.edge_cell[asked[nodes.edge_node]]] = True
    used[network.activities.input_cell[network.activities.kind[network.activities.input_activity] == "make"]] = True
    base = np.where(names["kind"] == "bought", "no_vendor", "no_route")
    rows: list[tuple[str, str, str]] = []
    for wanted, suffix in ((sold & cells.tracked, ""), ((used | sold) & ~cells.tracked, "_unlimited")):
        at = np.flatnonzero(wanted & cells.unlimited)
        rows += [(names["item"][c], names["site"][c], f"{base[c]}{suffix}") for c in at.tolist()]
    served = np.zeros(len(nodes.opening), dtype=bool)
    served[nodes.edge_node] = True
    leader = np.unique(nodes.node_of, return_index=True)[1]
    items = np.unique(nodes.axis.attributes["item"][leader[asked & ~served]])
    rows += [(item, "", "no_site") for item in items.tolist()]
    table = pl.DataFrame(sorted(rows), schema=SCHEMA, orient="row")
    findings = tuple(
        attention_finding(CODES[r["reason"]], series=f"{r['item']}|{r['site']}" if r["site"] else r["item"])
        for r in table.iter_rows(named=True)
    )
    return table, findings
