"""Sentences about History."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "history_outside_calendar": Sentence(
        "{lines} order lines lie before {first}, where the calendar starts, or after its end, and are in no period.",
        "Extend the calendar of the plan, or leave them out on purpose.",
    ),
    "customers_without_patch": Sentence(
        "{customers} customers with orders belong to no patch.",
        "Give each a patch in patch_customers; until then they belong to the sales leader.",
    ),
}
