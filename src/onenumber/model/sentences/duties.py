"""Sentences about who does what: what nobody holds, and what a plain rule settles."""

from onenumber.model.sentences.catalogue import Sentence

SENTENCES = {
    "duty_unheld": Sentence(
        "Nobody is {role}{where}: {duties} wait for a person.", "Load a row of roles that names one."
    ),
    "duty_unheld_optional": Sentence(
        "Nobody is {role}{where}: {duties} is nobody's, and the executive speaks there.",
        "Load a row of roles where a division should have its own voice.",
    ),
    "site_without_manager": Sentence(
        "Nobody manages {site}; lines there: {lines} ({named}).", "Load a row of roles with role PM and that site."
    ),
    "customers_unasked": Sentence(
        "Customers without a patch: {count} ({named}). Nobody is asked what they will need.",
        "Load rows of patch_customers that say whose they are.",
    ),
    "patches_without_person": Sentence(
        "Patches without a salesperson: {patches}. {leader} speaks for what lies there.",
        "Load rows of patch_owners once they have one.",
    ),
    "figure_without_owner": Sentence(
        "Nobody answers for {figure} of {places}.", "Load rows of owners, one person for each."
    ),
    "duty_shared": Sentence(
        "{people} hold {duties}{where} together; {accountable} is accountable, as the first in the list.",
        "To make it another, the process owner loads an end to the role of the first, in the table roles.",
    ),
}
