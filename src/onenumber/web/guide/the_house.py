"""The guides of those who keep the month running: process owner, administrator."""

from django.utils.translation import gettext_lazy as _

from onenumber.web.guide.model import Guide, Picture, Step, Trouble

PROCESS_OWNER = Guide(
    role="OWN",
    lead=_(
        "You run the month: open it, load the facts, end each phase when its gate is clear, and publish. You decide "
        "no figure."
    ),
    steps=(
        Step(
            title=_("Open the month and load the facts"),
            how=_(
                "Load orders, shipments, stock, production, purchase orders and receipts. Bad rows are listed with "
                "their remedy, and loading twice changes nothing. Then open the month."
            ),
            room="loads",
            until="open",
        ),
        Step(
            title=_("See that every duty has its person"),
            how=_(
                "What nobody holds stands first. Fill it in the data, or let it pass with a reason; the data gate "
                "waits for it."
            ),
            room="who",
            until="freeze",
        ),
        Step(
            title=_("Freeze the data and measure last month"),
            how=_("My month offers both. From then on the month is planned from what was frozen, and nothing else."),
            room="month",
            until="freeze",
        ),
        Step(
            title=_("Watch the gate"),
            how=_(
                "The calendar says what the end of the phase waits for, each thing with its people. End the phase when "
                "nothing is open, or let a thing pass in your name, with a reason."
            ),
            room="calendar",
            pictures=(
                Picture(
                    name="own-calendar",
                    shows=_("What the gate waits for, and until when each part of the month is done."),
                ),
            ),
        ),
        Step(
            title=_("Close the sales input"),
            how=_(
                "After the cut-off, where the sales leader has not. What nobody handed in is filled by its default and "
                "marked so; nobody is waited for."
            ),
            room="month",
            until="collect",
        ),
        Step(
            title=_("Open a phase again where it must be"),
            how=_(
                "Say why. The page says beforehand which signatures it strikes through, and whoever signed is told. "
                "Nothing that was typed is lost."
            ),
            room="calendar",
            pictures=(
                Picture(
                    name="own-reopen",
                    shows=_("Demand opened again: whose signatures are struck through, and what is made again."),
                ),
            ),
        ),
        Step(
            title=_("Prepare the papers and send them"),
            how=_(
                "Each escalated conflict becomes a paper with at least two priced options. At most seven go to the "
                "executive; the others stand below them in a line each."
            ),
            room="decisions",
            until="send",
        ),
        Step(
            title=_("Publish"),
            how=_(
                "When the executive has approved, publish. The plan then never changes, and every salesperson reads "
                "what became of her call."
            ),
            room="month",
            until="publish",
        ),
    ),
    troubles=(
        Trouble(
            what=_("Somebody is late."),
            then=_(
                "The cycle bar names her, and her deputy or superior may act. A patch is filled by its default at the "
                "cut-off. What else may pass you let pass with a reason; it stays in the log."
            ),
        ),
        Trouble(
            what=_("Somebody is away, or I am."),
            then=_(
                "Load a row of the table “deputies”: who, by whom, from which day to which; yours before you go. It "
                "counts from that day, and both names stand under what is signed."
            ),
        ),
        Trouble(
            what=_("The data were wrong."),
            then=_(
                "Load the right rows and re-open the earliest phase that they change. Signatures given since are "
                "struck through, their signers are told why, and what changed is asked again."
            ),
        ),
        Trouble(
            what=_("The executive says no."),
            then=_(
                "A paper goes back to its owner and stands in her month. If the plan is refused, re-open Reconcile or "
                "an earlier phase; the last published plan stays in force."
            ),
        ),
    ),
)

ADMINISTRATOR = Guide(
    role="ADM",
    lead=_("You keep accounts. You see no plan: no figure, no paper, no forecast."),
    steps=(
        Step(
            title=_("See who can sign in"),
            how=_("My month says how many people have a sign-in; “Sign-ins” lists everybody of the company."),
            room="month",
            pictures=(Picture(name="adm-month", shows=_("My month of an administrator: accounts, and no plan.")),),
        ),
        Step(
            title=_("See who does what"),
            how=_(
                "Every duty with its person and her deputies. What somebody may do follows from the roles that the "
                "company loads, not from her account."
            ),
            room="who",
            pictures=(Picture(name="adm-who", shows=_("Duties with their persons; no figure stands here.")),),
        ),
        Step(
            title=_("When somebody joins"),
            how=_(
                "The process owner loads her as a person with a role. Make her a sign-in, and send her the link that "
                "is shown once: within three days she chooses her own password at it."
            ),
            room="logins",
        ),
        Step(
            title=_("When somebody leaves"),
            how=_(
                "The process owner ends her roles and names who follows, and you close her sign-in. What she typed and "
                "signed stays, with her name."
            ),
            room="logins",
        ),
        Step(
            title=_("Show people their guide"),
            how=_("Everybody finds hers under her name, at the top right, and behind the key ?."),
            room="month",
        ),
    ),
    troubles=(
        Trouble(
            what=_("Somebody cannot sign in."),
            then=_(
                "After ten wrong passwords a login waits a quarter of an hour. Who forgot the password gets a new link "
                "from you. If it is you, “onenumber login” where OneNumber runs prints one."
            ),
        ),
        Trouble(
            what=_("Somebody signs in and sees nothing."),
            then=_(
                "Her account has no person, or the person holds no role today. Ask the process owner for the rows of "
                "the tables “people” and “roles”."
            ),
        ),
        Trouble(
            what=_("I am asked for a figure."),
            then=_("You have none, and cannot look one up for anybody. Name somebody on “Who does what”."),
        ),
    ),
)
