"""Sentences about what was kept of a plan: why a figure of Adherence is not known, or nobody answers for it."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "adherence_no_published_plan": Sentence(
        "No published plan was in force on the first day of the month.",
        "It is known once a plan is published before the month begins, or at once with plan_snapshots.",
    ),
    "adherence_production_not_recorded": Sentence("The company brings no production.", "Load production."),
    "adherence_shipments_not_recorded": Sentence("The company brings no shipments.", "Load shipments."),
    "adherence_stock_not_counted": Sentence("No stock was counted in the month.", "Load stock, and measure again."),
    "adherence_not_loaded": Sentence(
        "No {facts} of the month came with a load.", "Load them, freeze the data again and measure."
    ),
    "adherence_cost_unknown": Sentence(
        "The items are counted in different units, and none has a standard cost to add them up by.", "Load costs."
    ),
    "adherence_no_budget": Sentence("There is no budget of the month.", "Load budget lines."),
    "adherence_nothing_budgeted": Sentence("The budget of the month is 0.", "Nothing is to be done."),
    "adherence_actual_unknown": Sentence("What was sold is not known in money.", "Load prices or amounts."),
    "adherence_no_confirmed_date": Sentence(
        "No order line of the month has a confirmed date.", "Load first_confirmed with the order lines."
    ),
    "adherence_nothing_due": Sentence("No order line was due in the month.", "Nothing is to be done."),
    "adherence_nothing_planned": Sentence("Nothing was planned, and there was nothing.", "Nothing is to be done."),
    "adherence_unplanned": Sentence("Nothing was planned, so what there was is a share of nothing.", "Look at it."),
    "adherence_no_owner": Sentence("Nobody answers for the figure.", "Load who does in owners."),
}
