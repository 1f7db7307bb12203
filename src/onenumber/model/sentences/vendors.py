"""Sentences about vendors: what their scorecard says, and why a figure of it is not known."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "vendors_over_plan": Sentence(
        "Vendors that take over 10 % longer than planned: {over} of {vendors}; most {vendor}, {days:g} days where "
        "{planned:g} are planned.",
        "Plan with the days that they take, or find another source.",
    ),
    "vendors_as_planned": Sentence(
        "Of {vendors} vendors, {known} have lead times to judge; none of them takes over 10 % longer than planned.",
        "Leave the planned days as they are.",
    ),
    "vendors_not_judged": Sentence(
        "Of none of {vendors} vendors are both the days that they take and the days that are planned known.",
        "Load vendors, vendor_items and receipts with their dates.",
    ),
    "vendor_no_purchase_orders": Sentence(
        "What vendors keep is not known: no purchase orders were loaded.", "Load purchase_orders and receipts."
    ),
    "vendor_no_receipts": Sentence(
        "What vendors keep is not known, nor how long they take: no receipts were loaded.", "Load receipts."
    ),
    "vendor_nothing_due": Sentence("No line was due.", "Nothing is to be done."),
    "vendor_dates_unknown": Sentence(
        "Of no line that was due is it known when it was promised and when it came.",
        "Load the dates of receipts and the first date that the vendor confirmed.",
    ),
    "vendor_nothing_received": Sentence("Nothing was received.", "Nothing is to be done."),
    "vendor_too_few_lines": Sentence(
        "There are {lines} lines, and it takes {needed} to judge.", "Wait for more of them."
    ),
    "vendor_rejects_unknown": Sentence(
        "No receipt says how much of it was rejected.",
        "Load the rejected quantity with the receipts, 0 where none was.",
    ),
    "vendor_unlike_units": Sentence("Its items have no unit in common.", "Look at each of its items."),
    "vendor_no_offer": Sentence(
        "No row of vendor_items says what is planned.", "Add a row to vendor_items with its lead time."
    ),
}
