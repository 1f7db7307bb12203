"""Sentences about layers: what is replayed on a new forecast, and what means something else by now."""

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
    "figure_not_held": Sentence(
        "{layer}, edit {sequence} by {author}: {typed} was typed at {spot}, and {month} shows {now}; {differ} of its "
        "{months} months differ.",
        "Type the figure again if it is still meant; what was typed beside it since is in the sum.",
    ),
    "percent_moved": Sentence(
        "{layer}, edit {sequence} by {author}: {typed} at {spot} came to {before} when it was typed and would come to "
        "{after} now, because what it is a percentage of has changed.",
        "It stays as it was; take it back (`undo`) and type it again if the percentage is still meant.",
    ),
}
