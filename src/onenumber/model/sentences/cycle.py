"""Sentences about the month: what a re-open strikes, and what will be made again."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "reopened_struck": Sentence(
        "Struck through: {signatures}.", "Whose name it is reads the reason in `status`, and signs again what follows."
    ),
    "reopened_stale": Sentence(
        "What stands so far stands still. Once something in {phase} comes out otherwise, what is made from it turns "
        "stale: {sheets}.",
        "Make each again, in the order of the month.",
    ),
}
