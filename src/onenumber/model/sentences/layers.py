"""Sentences about layers that are replayed on a new forecast."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "rebased_layer": Sentence(
        "{layer}: {differ} of {places} places differ from what was last seen, {before} units then and {after} now; "
        "most of all {worst}.",
        "Look at these places; type again where the new figure is not meant.",
    ),
    "rebased_patch": Sentence(
        "{patch} came to {before} units and comes to {after} on the new forecast; {cells} of its cells differ.",
        "Its salesperson looks at the new figures and submits them; what was submitted before is returned.",
    ),
    "not_replayed": Sentence(
        "{why} So {layer}, edit {sequence} by {author} ({mode} {value} at {spot}), was not replayed.",
        "Type it again on the new forecast if it is still meant.",
    ),
}
