"""Sentences about a table of series to forecast."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "series_without_name": Sentence("The row names no series.", "Write the name of the series it belongs to."),
    "not_a_month": Sentence("{value!r} is not a month.", "Write it as 2026-07, or as a date."),
    "month_twice": Sentence(
        "{series!r} has {rows} rows for {month}; none of them is used, so the month counts as missing.",
        "Keep the one that is right, or add them up.",
    ),
    "months_apart": Sentence(
        "It has a row every {months} months only; those between count as missing, and each is forecast as one month.",
        "If the rows are sums of several months, divide them among these; if nothing was seen between, write 0.",
    ),
    "series_without_values": Sentence(
        "It has no value in any month, so it has no forecast.", "Fill in what was seen, or leave the series out."
    ),
}
