"""The guides of those who make and buy: supply planner, operations leader, plant manager."""

from django.utils.translation import gettext_lazy as _

from onenumber.web.guide.model import Guide, Picture, Step, Trouble
from onenumber.web.guide.troubles import AWAY, SIGNER_AWAY

SUPPLY_PLANNER = Guide(
    role="SS",
    lead=_(
        "You turn the signed demand into what can be made and bought, and say why not more. You come to the meetings "
        "with the analyses."
    ),
    steps=(
        Step(
            title=_("Correct what is no longer true"),
            how=_(
                "Safety stocks, rates and lead times that the facts contradict stand with their evidence, the number "
                "of cases and the money. Accept a value by its row; the month that is open keeps what it froze."
            ),
            room="parameters",
            until="plan",
            pictures=(
                Picture(name="ss-parameters", shows=_("Rates beside what the last runs show, one of them accepted.")),
            ),
        ),
        Step(
            title=_("Make the supply plan"),
            how=_(
                "When the demand is signed My month offers it. The plan is the best that the hours, materials and "
                "vendors allow, and it names the cause of every unit that is short."
            ),
            room="month",
            until="plan",
        ),
        Step(
            title=_("Go through the orders"),
            how=_(
                "Twice a week: the orders with the most money and the fewest days left come first, each with the next "
                "thing to do. Requests of sales about an order wait in My month; answer each."
            ),
            room="orders",
            until="plan",
            pictures=(
                Picture(name="ss-request", shows=_("A wrong date that a salesperson found, ready to be answered.")),
            ),
        ),
        Step(
            title=_("Escalate what you cannot settle"),
            how=_(
                "Each shortage needs an option or an escalation before the plan is signed. What you escalate becomes a "
                "paper with at least two ways out."
            ),
            room="month",
            until="sign_supply",
        ),
        Step(
            title=_("Bring the pages to the supply meeting"),
            how=_(
                "They are made from the same sheets and every figure is a link. Send the pack: what you sent stays as "
                "it was, and says later what has changed since."
            ),
            room="pack",
            until="sign_supply",
            pictures=(Picture(name="ss-pack", shows=_("The pages of the supply meeting, before they are sent.")),),
        ),
        Step(
            title=_("Weigh the ways out of a conflict"),
            how=_(
                "Open a conflict and weigh its options: each is a whole plan with its own price, side by side. One "
                "click makes one of the rest a paper."
            ),
            room="conflicts",
            until="prepare",
        ),
        Step(
            title=_("Plan again as decided"),
            how=_("After the last paper My month offers one run with all decisions together: the final plan."),
            room="month",
            until="decide",
        ),
    ),
    troubles=(
        Trouble(
            what=_("The demand is not signed in time."),
            then=_(
                "You cannot plan on demand that is not signed. The cycle bar says whose signature is missing and who "
                "may give it; until then the last published plan is in force."
            ),
        ),
        AWAY,
        Trouble(
            what=_("A rate or a stock was wrong and the plan is made."),
            then=_(
                "The month keeps what it froze, and the next one plans with what you accept. If it cannot wait, ask "
                "the process owner to re-open Data: the plan is then stale, cannot be signed, and is made again."
            ),
        ),
        Trouble(
            what=_("A plant says that it cannot."),
            then=_(
                "Its answer is a conflict until the plan is signed. Plan again with what it can make, or escalate it "
                "to the pre-S&OP with a reason."
            ),
        ),
    ),
)

OPERATIONS_LEADER = Guide(
    role="OP",
    lead=_(
        "You make sure that the plan can be made, with maintenance and raw materials in it, and you lead the meetings."
    ),
    steps=(
        Step(
            title=_("Look at the lines"),
            how=_(
                "Hours asked against hours there are, line by month, with the best month ever made beside them. Open a "
                "cell: what fills it, who goes short, and what more hours cost."
            ),
            room="line_load",
            until="sign_supply",
            pictures=(
                Picture(name="op-load", shows=_("A line that is asked for more than its hours from September on.")),
            ),
        ),
        Step(
            title=_("Give maintenance its time"),
            how=_(
                "Each window lists the months that it may go to. Price a move before you agree on it; what the law or "
                "the maker asks for stays where it is."
            ),
            room="maintenance",
            until="sign_supply",
            pictures=(Picture(name="op-maintenance", shows=_("What it costs to move a window to another month.")),),
        ),
        Step(
            title=_("See which materials hold sales back"),
            how=_("Each material with its vendor, until when it is short, and who goes short of what."),
            room="materials",
            until="sign_supply",
        ),
        Step(
            title=_("Hear the plants"),
            how=_(
                "Each plant takes the plan or says what it cannot make. A plant that says nothing counts as having "
                "taken it when you sign."
            ),
            room="plants",
            until="sign_supply",
        ),
        Step(
            title=_("Lead the supply meeting and sign"),
            how=_(
                "The page begins with last time's actions, then what is to be decided. Write down an action with its "
                "owner and day. Then sign “achievable”; the minutes write themselves."
            ),
            room="meetings",
            until="sign_supply",
            pictures=(
                Picture(name="op-meeting", shows=_("The supply meeting: what a plant cannot make, and the agenda.")),
            ),
        ),
        Step(
            title=_("Lead the pre-S&OP"),
            how=_(
                "What was escalated to it stands on its page, each cause with its paper. Go through the papers in "
                "their order, agree what is recommended, and sign “recommended”."
            ),
            room="meetings",
            until="sign_review",
        ),
        Step(
            title=_("Confirm the plan as decided"),
            how=_(
                "In the executive meeting the decisions are planned once more. Sign “achievable as decided” before the "
                "executive approves."
            ),
            room="decisions",
            until="decide",
        ),
    ),
    troubles=(
        Trouble(
            what=_("The sheet to sign is late or stale."),
            then=_(
                "A stale sheet cannot be signed. The cycle bar says what must be made again and by whom. You may begin "
                "a meeting with what is missing on the table."
            ),
        ),
        SIGNER_AWAY,
        Trouble(
            what=_("A plant cannot make the plan."),
            then=_(
                "Its answer stands on your pages as a conflict. Have it planned again, or escalate it. After "
                "publication it is an amendment beside the plan; the plan itself never changes."
            ),
        ),
        Trouble(
            what=_("The executive says no."),
            then=_(
                "A paper goes back with a sentence, an owner and a day. If the plan is refused, the process owner "
                "re-opens a phase, and the last published plan stays in force."
            ),
        ),
    ),
)

PLANT_MANAGER = Guide(
    role="PM",
    lead=_("You say whether your plant can make the plan, run to it, and answer for what it made."),
    steps=(
        Step(
            title=_("Answer for last month"),
            how=_(
                "Where production left the plan, say the cause in a sentence, what will be done and by when. Next "
                "month the page says whether it was done."
            ),
            room="adherence",
            until="answer",
            pictures=(Picture(name="pm-answer", shows=_("A figure that missed the plan, answered by its owner.")),),
        ),
        Step(
            title=_("Take the plan, or say what cannot be made"),
            how=_(
                "The plan of your plant stands by family and line. Take it, or name the item, the month and how much "
                "of it you can make."
            ),
            room="plants",
            until="sign_supply",
            pictures=(Picture(name="pm-plan", shows=_("What the plan asks of a plant, and its answer.")),),
        ),
        Step(
            title=_("See what fills your lines"),
            how=_("Line by month: the hours asked, the hours there are, and what fills a cell."),
            room="line_load",
            until="sign_supply",
        ),
        Step(
            title=_("Look at maintenance"),
            how=_("Your windows, where each may go, and how full the line is there. Say early which month suits."),
            room="maintenance",
            until="sign_supply",
        ),
        Step(
            title=_("Close your actions"),
            how=_("What a meeting wrote down for you waits in My month with its day. Say when it is done."),
            room="month",
            pictures=(Picture(name="pm-action", shows=_("My month of a plant manager with an action that is due.")),),
        ),
        Step(
            title=_("Follow the month"),
            how=_("Production and receipts to date against the plan in force, by working day."),
            room="running",
        ),
    ),
    troubles=(
        Trouble(
            what=_("I did not answer the plan in time."),
            then=_(
                "Then you count as having taken it when the operations leader signs. You can still say what cannot be "
                "made: after publication your answer is an amendment beside the plan."
            ),
        ),
        AWAY,
        Trouble(
            what=_("A line breaks down in the month."),
            then=_(
                "Tell the supply planner at once. What cannot wait goes to the executive as an emergency paper; what "
                "can is planned in the next cycle."
            ),
        ),
        Trouble(
            what=_("The figure that I am asked about is wrong."),
            then=_(
                "Say so in your answer, with what you counted, and tell the process owner, who loads the corrected "
                "production. What was published stays as it was."
            ),
        ),
    ),
)
