"""Sentences about the supply plan."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "backlog_without_stream": Sentence(
        "{lines} past-due lines ({quantity} units) belong to no demand stream of the plan and are not in it.",
        "Freeze History again, so that every open line has its stream.",
    ),
    "contract_without_stream": Sentence(
        "A contract minimum names a customer that is not planned by name, so it sets no floor.",
        "Mark the customer as named in customers, or end the contract row.",
    ),
    "cost_unknown": Sentence(
        "{cells} items at sites have no cost; their stock is valued at the sale price, or at the median of all costs.",
        "Give each a row in costs.",
    ),
    "demand_added_up": Sentence(
        "{rows} rows of demand lie in a period that an earlier row of the stream is in, and were added to it.",
        "Leave one row for each period if they are the same demand twice.",
    ),
    "demand_missing": Sentence(
        "{cells} cells of {measure} are missing and were planned as nothing.",
        "Complete them before the plan is signed.",
    ),
    "firm_hours_exceed": Sentence(
        "Released orders need {hours} h more than the line has with all its overtime.",
        "Re-date some of them, or decide on more hours.",
    ),
    "maintenance_exceeds": Sentence(
        "Maintenance takes more hours than the line has; it was planned as closed.",
        "Check the hours of the window in maintenance.",
    ),
    "price_unknown": Sentence(
        "{streams} demand streams have no price above zero in some period; the item's mean or cost stands in.",
        "Give each a row in prices: a lost sale is weighed at its price.",
    ),
    "production_past_due": Sentence(
        "{orders} released production orders are past due and were planned for the first period.",
        "Post what is finished and re-date the rest.",
    ),
    "purchase_past_due": Sentence(
        "{orders} purchases are past due and were planned for the first period.",
        "Ask the vendors for new dates.",
    ),
    "purchase_unconfirmed": Sentence(
        "{lines} open purchase lines were never confirmed and were planned by their lead time.",
        "Ask the vendors to confirm them.",
    ),
    "stock_in_inspection": Sentence(
        "Stock of {cells} items and sites is under inspection and was planned as if it passes in the first period.",
        "Block what will not pass.",
    ),
    "stock_is_old": Sentence(
        "The newest stock count is of {date}, not of the day before the plan.",
        "Load the stock of the day before the plan opens.",
    ),
    "stock_negative": Sentence(
        "The stock is {quantity} and was planned as 0.",
        "Post the missing receipt or correct the count.",
    ),
    "supply_no_route": Sentence(
        "It is asked for but has no rate at any site that serves it, so only its stock can be sold.",
        "Add its hours per unit to rates.",
    ),
    "supply_no_route_unlimited": Sentence(
        "It is made but has no rate, and counts as never short.",
        "Add its hours per unit to rates, so that it is planned.",
    ),
    "supply_no_site": Sentence(
        "It is asked for, and no sourcing rule says from where it is served.",
        "Add a row to sourcing_rules.",
    ),
    "supply_no_vendor": Sentence(
        "It is asked for and bought, but no vendor sells it, so only its stock can be sold.",
        "Add a row to vendor_items.",
    ),
    "supply_no_vendor_unlimited": Sentence(
        "It is bought, but no vendor sells it, and it counts as never short.",
        "Add a row to vendor_items, so that it is planned.",
    ),
    "vendor_price_unknown": Sentence(
        "{prices} prices of vendors cannot be put into the plan's currency and weigh nothing.",
        "Add the currency's plan rate to currency_rates.",
    ),
}
