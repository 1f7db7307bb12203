"""Sentences about layers: what is replayed on a new forecast, and what means something else by now."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "rebased_layer": Sentence(
        "{layer}: {differ} of {places} places differ from what was last seen, {before} then and {after} now; "
        "most of all {worst}.",
        "Look at these places; type again where the new figure is not meant.",
    ),
    "rebased_patch": Sentence(
        "{patch} came to {before} and comes to {after} on the new forecast; {cells} of its cells differ.",
        "Its salesperson looks at the new figures and submits them; what was submitted before is returned.",
    ),
    "below_zero": Sentence(
        "The layers come to {sum} {unit} ({layers}), and the consensus is 0 there; months of it below zero: {months}.",
        "Take back or type again what takes away more than there is; until then its family is more than its layers.",
    ),
    "waits_for_rebase": Sentence(
        "What was typed on the forecast before is not on this one; edits that wait: {edits}, in {layers}.",
        "`rebase` replays them, each by its author and mode.",
    ),
    "defaulted_carried": Sentence(
        "{patch} ({person}) handed in no figure: last cycle's is carried, as its bias a month ahead is {bias}, within "
        "{tolerance}.",
        "`return` the patch if its own figure is to come after all.",
    ),
    "defaulted_bias_too_large": Sentence(
        "{patch} ({person}) handed in no figure: the baseline stands in for it, as the bias a month ahead of what was "
        "handed in before is {bias}, more than {tolerance}.",
        "`return` the patch if its own figure is to come after all.",
    ),
    "defaulted_bias_unknown": Sentence(
        "{patch} ({person}) handed in no figure: the baseline stands in for it, as its bias a month ahead is not "
        "known; that needs {fewest} months with demand for which a figure was handed in.",
        "`return` the patch if its own figure is to come after all.",
    ),
    "defaulted_nothing_before": Sentence(
        "{patch} ({person}) handed in no figure: the baseline stands in for it, as there is no sales figure of last "
        "cycle to carry.",
        "`return` the patch if its own figure is to come after all.",
    ),
    "rebased_defaulted": Sentence(
        "{patch} is defaulted: {stands} stood in for it with {before} and comes to {after} now; {cells} of its cells "
        "differ.",
        "Rule R1 decides anew when the sales window is closed again (`collect`); `return` the patch if its own figure "
        "is to come after all.",
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
