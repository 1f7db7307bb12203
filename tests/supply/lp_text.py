"""A block of rows as LP text, with names a person can read."""

import numpy as np


def names_of(network, columns):
    """A name for each column: variable(place,period)."""
    acts, cells, nodes = network.activities, network.cells.axis.keys, network.nodes
    streams = [nodes.axis.keys[np.flatnonzero(nodes.node_of == k)[0]] for k in range(len(nodes.opening))]
    steps = [
        f"{network.resources.axis.keys[q]}.{s}"
        for q, s in zip(network.resources.step_resource, network.resources.step, strict=True)
    ]
    ways = [f"{k}.{n}.{cells[c]}" for k, n, c in zip(acts.kind, acts.name, acts.cell, strict=True)]
    ways = [f"{way}.more" if way in ways[:k] else way for k, way in enumerate(ways)]
    edges = [f"{streams[k]}.{cells[c]}" for k, c in zip(nodes.edge_node, nodes.edge_cell, strict=True)]
    claims = [f"{r}.{d}" for r, d in zip(network.claims.rule, network.claims.division, strict=True)]
    places = {
        "receive": ways, "stock": cells, "below": cells, "ship": edges, "backlog": streams, "lost": streams,
        "floor_short": streams, "overtime": steps, "not_taken": network.limits.duty_label,
        "over_space": network.limits.site, "unserved": claims, "under_floor": claims, "worst_share": claims,
    }  # fmt: skip
    found = [""] * columns.count
    for variable, at in columns.at.items():
        labels = places.get(variable, network.resources.axis.keys)
        for place, column in np.ndenumerate(at):
            if column >= 0:
                found[column] = _name(variable, [labels[place[0]], *place[1:]])
    return found


def _name(word, parts):
    return f"{word}({','.join(str(part) for part in parts)})".replace("|", "@")


def text_of(block, names):
    """The rows of a block in LP format."""
    lines = ["minimize", "subject to"]
    for k in range(len(block)):
        own = np.flatnonzero(block.row == k)
        total = {}
        for j, value in zip(block.column[own].tolist(), block.value[own].tolist(), strict=True):
            total[j] = total.get(j, 0.0) + value
        terms = " ".join(f"{'-' if value < 0 else '+'} {abs(value):.12g} {names[j]}" for j, value in total.items())
        lower, upper = block.lower[k], block.upper[k]
        side = f"= {lower:.12g}" if lower == upper else f">= {lower:.12g}" if np.isfinite(lower) else f"<= {upper:.12g}"
        lines.append(f" {_name(block.name, [p[k] for p in block.place])}: {terms} {side}")
    return "\n".join([*lines, "end", ""])
