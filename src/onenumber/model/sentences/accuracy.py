"""Sentences about what was forecast a month ahead: why its error is not known."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "accuracy_no_forecast_at_lag_1": Sentence(
        "How far the month was forecast wrong a month ahead is not known: nothing was forecast of it then.",
        "It is known from the third cycle on, or at once with forecast_snapshots of the last two cycles.",
    ),
    "accuracy_order_lines_not_loaded": Sentence(
        "How far the month was forecast wrong is not known: no order lines of it were loaded.",
        "Load them, freeze the data again and measure.",
    ),
    "accuracy_not_handed_in": Sentence(
        "The patch handed in no figure then; what stood in for it is nobody's forecast.", "Nothing is to be done."
    ),
    "accuracy_prices_not_known": Sentence(
        "The items are counted in different units and have no price, so their errors do not add up.", "Load prices."
    ),
    "accuracy_nothing_scored": Sentence(
        "No stream has both a forecast of the month and a demand to hold it against.", "Nothing is to be done."
    ),
    "accuracy_no_activity": Sentence("Nothing was forecast, and nothing was asked for.", "Nothing is to be done."),
    "accuracy_forecast_without_demand": Sentence(
        "Something was forecast and nothing was asked for, so the error is a share of nothing.",
        "Look at the error itself, in an export of the sheet.",
    ),
}
