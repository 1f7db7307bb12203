"""Sentences about History."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "orders_not_loaded": Sentence(
        "No orders of {months} were loaded, so what was asked for then is missing; it is not taken for zero.",
        "Load them and freeze the data again; until then the forecast leaves these months out.",
    ),
    "history_outside_calendar": Sentence(
        "{lines} order lines lie before {first}, where the calendar starts, or after its end, and are in no period.",
        "Extend the calendar of the plan, or leave them out on purpose.",
    ),
    "customers_without_patch": Sentence(
        "{customers} customers with orders belong to no patch.",
        "Give each a patch in patch_customers; until then they belong to the sales leader.",
    ),
    "lines_without_amount": Sentence(
        "{lines} order lines have no amount in plan currency; their units are in the history, their money is not.",
        "Load the amount of each line and the actual rate of its currency; until then the value is too low.",
    ),
    "adjustments_not_applied": Sentence(
        "{adjustments} corrections of history name an item, customer or period without history, and change nothing.",
        "Check the item, the customer and the first day of the period in history_adjustments.",
    ),
    "adjusted_below_zero": Sentence(
        "Corrections would take {cells} cells of history below zero; they stand at zero.",
        "Check the sign and the size of the deltas in history_adjustments.",
    ),
}
