"""Sentences about a table of series to forecast."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "series_without_name": Sentence("The row names no series.", "Write the name of the series it belongs to."),
    "not_a_month": Sentence("{value!r} is not a month.", "Write it as 2026-07, or as a date."),
    "month_twice": Sentence(
        "{series!r} has {rows} rows for {month}; none of them is used, so the month counts as missing.",
        "Keep the one that is right, or add them up.",
    ),
}
