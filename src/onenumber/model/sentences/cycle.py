"""Sentences about the month: what a re-open strikes, and what will be made again."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "reopened_struck": Sentence(
        "Struck through: {signatures}.", "Whoever signed is told the reason, and signs again what follows."
    ),
    "reopened_stale": Sentence(
        "What stands so far stands still. Once something in {phase} comes out otherwise, what is made from it turns "
        "stale: {sheets}.",
        "Make each again, in the order of the month.",
    ),
    "play_refused": Sentence(
        "{thing}, and it could not be played: {because}.", "Whose it is does it by hand; then let the month go on."
    ),
    "month_not_over": Sentence(
        "The clock stays in {month}: its plan is not published, so {day} cannot begin.",
        "Settle what the end of the phase waits for, and let the month go on again.",
    ),
    "month_not_known": Sentence(
        "The clock has left {month}, and only the model company brings its next month's data by itself.",
        "Load them, and open the month.",
    ),
}
