"""Sentences about the Review: its findings, its conflicts, and the questions of decision papers."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "not_valued": Sentence(
        "Only {covered} % of the cells behind {line} have a price or cost.",
        "Bring the missing prices and costs; until then the plan needs a waiver to be approved.",
    ),
    "sales_not_loaded": Sentence(
        "No {facts} of {months} were loaded, so what was sold then is unknown, and where revenue and margin will land.",
        "Load them and freeze the data again; until then these lines are held against no budget.",
    ),
    "conflicts_without_owner": Sentence(
        "{conflicts} conflicts have no owner, because nobody holds the role that answers for them.",
        "Give the role to a person in roles; until then they belong to the process owner.",
    ),
    "several_budget_versions": Sentence(
        "The budget has {versions} versions; {used} is used, the last by its label.",
        "Bring only the version in force if another one is meant.",
    ),
    "conflict_C-01": Sentence(
        "{subject} is asked for {quantity} hours more than it has, {when}.",
        "Build ahead, add overtime, use another line, or decide who goes first.",
    ),
    "conflict_C-03": Sentence(
        "{subject} is missing {when}, and customers go short of {quantity} units.",
        "Expedite, use a second source, or tell the customers a new date.",
    ),
    "conflict_C-05": Sentence(
        "Maintenance {subject} takes {quantity} hours {when}, when the line is full.",
        "Move it inside its window, or build ahead.",
    ),
    "conflict_C-07": Sentence(
        "Stock of {subject} ends up to {quantity} {unit} below its safety stock, {when}.",
        "Make or buy earlier, move stock from another site, or accept it for a time.",
    ),
    "conflict_C-08": Sentence(
        "{customers} go short of {quantity} {unit} of {subject} {when}.",
        "Remove its cause, or tell them a new date.",
    ),
    "conflict_C-11": Sentence(
        "{divisions} want more of {subject} than there is, {when}.",
        "Decide whose need takes precedence, or add hours.",
    ),
    "conflict_C-13": Sentence(
        "{subject} lands {money} {currency} {beside} its budget, more than its tolerance.",
        "Close the gap with actions, or let an executive decide to accept it.",
    ),
    "conflict_C-27": Sentence(
        "{quantity} {unit} of {subject} were promised that the plan does not bring, {when}.",
        "Keep the promise by taking from somebody else, or tell the customer first.",
    ),
    "since_the_freeze": Sentence(
        "Since the freeze, order lines: {new} new, {changed} changed, {cancelled} cancelled, {shipped} shipped.",
        "No frozen sheet holds that; the family page shows beside the plan what it changes in demand.",
    ),
    "orders_break_month": Sentence(
        "Orders since the freeze ask for {quantity} {unit} of {item} in {month} that are not there ({customers}): "
        "{booked} are booked up to then, the plan was made for {planned}.",
        "Confirm it for {covered}, when the plan brings it; or name an emergency, or plan again with the order.",
    ),
    "orders_break_plan": Sentence(
        "Orders since the freeze ask for {quantity} {unit} of {item} in {month} that are not there ({customers}): "
        "{booked} are booked up to then, the plan was made for {planned}.",
        "No month of the plan brings it: name an emergency, plan again with the order, or tell the customer that it "
        "cannot come.",
    ),
    "dropped_overtime": Sentence(
        "{paper}, decided as {option} by {person}, is in force no more: {resource} has no overtime step {step} now.",
        "Bring the step back in the master data, or decide what takes its place.",
    ),
    "dropped_resource": Sentence(
        "{paper}, decided as {option} by {person}, is in force no more: there is no resource {resource} now.",
        "Bring it back in the master data, or decide who goes first where the work is done now.",
    ),
    "dropped_division": Sentence(
        "{paper}, decided as {option} by {person}, is in force no more: {divisions} asks for nothing now.",
        "Decide again who goes first on {resource}, if it matters still.",
    ),
    "dropped_source": Sentence(
        "{paper}, decided as {option} by {person}, is in force no more: {vendor} does not bring {item} to {site} now.",
        "Bring the vendor's item back in the master data, or decide on another source.",
    ),
    "dropped_plant": Sentence(
        "{paper}, decided as {option} by {person}, is in force no more: {item} is not made at {site} now.",
        "Bring its rate back in the master data, or decide where it is made.",
    ),
    "dropped_window": Sentence(
        "{paper}, decided as {option} by {person}, is in force no more: maintenance {window} may not start on {start}.",
        "Let it start then in the master data, or decide on another day.",
    ),
    "sent_back": Sentence(
        "{owner} owes {paper}, which {person} sent back on {day} with “{rationale}”; it is due {until}.",
        "Bring it on a new paper; the executive can withdraw it.",
    ),
    "sent_back_yesterday": Sentence(
        "{owner} owes {paper}, which {person} sent back on {day} with “{rationale}”; it was due {until}, yesterday.",
        "Bring it on a new paper; the executive can withdraw it.",
    ),
    "sent_back_overdue": Sentence(
        "{owner} owes {paper}, which {person} sent back on {day} with “{rationale}”; "
        "it was due {until} and is overdue by {days} days.",
        "Bring it on a new paper; the executive can withdraw it.",
    ),
    "sent_back_again": Sentence(
        "{paper}, which {person} sent back to {owner} on {day}, is on the table again as {again} and closed by it.",
        "It went back with “{rationale}”.",
    ),
    "plan_unchanged": Sentence(
        "The final plan that went back on {day} with “{reason}” has not changed since.",
        "Change what that asks for, or tell the executive why it stands as it was.",
    ),
    "papers_unpriced": Sentence(
        "Papers whose money is not known (–): {papers}; what they concern has no row in prices or in costs.",
        "Load prices and costs; until then options are compared by the units that they lose and make late.",
    ),
    "who_goes_first": Sentence("{divisions} want more of {subject} than there is {when}.", "Who goes first?"),
    "more_hours": Sentence("{subject} is full {when}, and customers go short.", "Which way out?"),
    "emergency": Sentence(
        "{subject} was named an emergency: more is to come in {first} than was released.", "Is it worth its price?"
    ),
    "move_maintenance": Sentence(
        "Maintenance {subject} could move, {when}; what its line leaves short is at stake.", "Does it move?"
    ),
    "plant_cannot_make": Sentence(
        "The plant says that it cannot make {subject} in {first} as the plan asks.",
        "What does the plan go by?",
    ),
    "other_source": Sentence("There is not enough of {subject} {when}.", "From where does the rest come?"),
}
