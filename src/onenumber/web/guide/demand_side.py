"""The guides of those who make the demand: salesperson, sales leader, demand planner."""

from django.utils.translation import gettext_lazy as _

from onenumber.web.guide.model import Guide, Picture, Step, Trouble
from onenumber.web.guide.troubles import AWAY, SIGNER_AWAY

SALESPERSON = Guide(
    role="SP",
    lead=_(
        "You say what the customers of your patch will need. Only the lines that look unlike the baseline ask for you; "
        "all others use it."
    ),
    steps=(
        Step(
            title=_("Read what became of your last call"),
            how=_(
                "My month says, customer by customer, what you asked for, what the plan promises, and what stands in "
                "the way of the rest. Copy it and send it on."
            ),
            room="month",
            pictures=(
                Picture(
                    name="sp-month",
                    shows=_("What waits for her first, then what was asked, promised and refused, and why."),
                ),
            ),
        ),
        Step(
            title=_("Confirm the orders"),
            how=_(
                "Confirm what is right with one button for each customer. Where a date is wrong, an order is missing "
                "or not this customer's, ask the supply planner there; the answer comes to My month."
            ),
            room="orders_to_confirm",
            until="submit",
            pictures=(
                Picture(name="sp-orders", shows=_("A customer before a visit: open orders, and one that is wrong.")),
            ),
        ),
        Step(
            title=_("Enter what customers will need"),
            how=_(
                "Type one likely figure for the next months, or a month and a percentage. Enter opens the months. Low "
                "and high are asked for only where the range is wide."
            ),
            room="entry",
            until="submit",
            pictures=(Picture(name="sp-entry", shows=_("A figure for one line and a percentage for another, saved.")),),
        ),
        Step(
            title=_("Share news"),
            how=_(
                "On My month, “Share news”: what it is, how much, how probable, from when, and whether it is already "
                "in your number. The demand planner decides what of it enters the plan."
            ),
            room="month",
            until="submit",
            pictures=(Picture(name="sp-news", shows=_("News of a tender: what it is, how much, how probable.")),),
        ),
        Step(
            title=_("Hand in your patch"),
            how=_(
                "Press “Hand in” under your lines. Your sales leader accepts the patch, or returns it with a sentence "
                "that stands in My month."
            ),
            room="entry",
            until="submit",
        ),
        Step(
            title=_("Answer what the planner asks"),
            how=_(
                "A question waits in My month with its day. Your answer stays in the story of the figure it is about; "
                "it changes no figure by itself."
            ),
            room="month",
        ),
        Step(
            title=_("Look before you promise"),
            how=_(
                "“Orders” says what leaves when, and what is late. Before a visit press / and type the customer's name."
            ),
            room="orders",
        ),
    ),
    troubles=(
        Trouble(
            what=_("I missed the cut-off."),
            then=_(
                "Your patch was filled by its default: last month's call carried on, or the baseline. My month then "
                "offers “Ask for a change”. Your sales leader takes the change or not, and you read her answer."
            ),
        ),
        AWAY,
        Trouble(
            what=_("I typed a wrong figure."),
            then=_(
                "Before you hand in: “Undo” or “Use baseline” in the line. After that ask your sales leader to return "
                "the patch. What you typed first stays in the story of the figure."
            ),
        ),
        Trouble(
            what=_("The plan says no to what I asked for."),
            then=_(
                "My month says how much is refused and what is full. If a customer cannot wait for the next plan, tell "
                "the supply planner: an emergency goes to the executive as a paper of its own."
            ),
        ),
    ),
)

SALES_LEADER = Guide(
    role="SM",
    lead=_(
        "You make the month's demand with your team and sign it. You also say what is new with key accounts, and why "
        "sales left the plan."
    ),
    steps=(
        Step(
            title=_("Say why last month left the plan"),
            how=_(
                "The bridge goes from consensus to actual by price, volume, mix, new and lost customers; what supply "
                "held back stands apart. Answer for your figures on the page Adherence."
            ),
            room="deviations",
            until="collect",
        ),
        Step(
            title=_("Accept or return each patch"),
            how=_(
                "Every patch stands with its state, and below the biggest moves with who said why. Return a patch with "
                "a sentence; the salesperson reads it in her month."
            ),
            room="team",
            until="collect",
            pictures=(Picture(name="sm-team", shows=_("One patch returned with a question, one waits for her.")),),
        ),
        Step(
            title=_("Speak for key accounts"),
            how=_(
                "Give each key account its news, or confirm that there is none. What is urgent reaches the executive "
                "the same day."
            ),
            room="accounts",
            until="collect",
            pictures=(Picture(name="sm-accounts", shows=_("Urgent news of a key account, with her name.")),),
        ),
        Step(
            title=_("Close the sales input"),
            how=_(
                "My month offers it; until the cut-off it waits. A patch that handed in nothing is filled by its "
                "default and marked so."
            ),
            room="month",
            until="collect",
        ),
        Step(
            title=_("Answer change requests"),
            how=_(
                "Who was late asks for a change. Take it, and it stands in your own layer, beside what she typed; or "
                "say no with a reason."
            ),
            room="month",
            until="sign_demand",
            pictures=(Picture(name="sm-change", shows=_("A change that was asked for after the cut-off.")),),
        ),
        Step(
            title=_("Lead the demand meeting and sign"),
            how=_(
                "The page of the meeting begins with the actions of last time and ends with the minutes. Type what it "
                "agrees in the planning grid; the planner makes the consensus; then sign “demand agreed”."
            ),
            room="meetings",
            until="sign_demand",
        ),
    ),
    troubles=(
        Trouble(
            what=_("A salesperson is late, or away."),
            then=_(
                "Do not wait: at the cut-off her patch is filled by its default. You can return it to let her type, or "
                "take her change request. For a patch without a salesperson you type and hand in yourself."
            ),
        ),
        SIGNER_AWAY,
        Trouble(
            what=_("A figure is wrong after I signed."),
            then=_(
                "What is signed moves only when the process owner re-opens Demand, with a reason. Your signature is "
                "struck through, only what changed is asked again, and you sign the new consensus."
            ),
        ),
        Trouble(
            what=_("The plan does not deliver what I signed."),
            then=_(
                "Your demand stays as you signed it. What is short gets a cause and a paper; the executive decides who "
                "goes first, and the published plan says what each customer gets."
            ),
        ),
    ),
)

DEMAND_PLANNER = Guide(
    role="DP",
    lead=_(
        "You make the forecast that everything is planned from, and bring what sales and plants know to one number: "
        "the consensus."
    ),
    steps=(
        Step(
            title=_("Judge what is unlike the past"),
            how=_(
                "It stands by money and surprise. Clean history of it, or keep it, and say why; the next baseline is "
                "made from your verdict. Raw history never changes."
            ),
            room="bench",
            until="forecast",
            pictures=(
                Picture(name="dp-odd", shows=_("A month more than twice as high as usual, before her verdict.")),
            ),
        ),
        Step(
            title=_("Make the baseline"),
            how=_(
                "Once the data are frozen My month offers it. Each month of the forecast has a range. Sales start from "
                "it on the same day."
            ),
            room="month",
            until="forecast",
        ),
        Step(
            title=_("Go through the queue"),
            how=_(
                "The families with the most money at risk come first. The key a marks one as good as it is, q asks a "
                "question, w tries a change without keeping it."
            ),
            room="bench",
            until="collect",
            pictures=(Picture(name="dp-try", shows=_("What 40 % more would do, before anything is kept.")),),
        ),
        Step(
            title=_("Ask sales or a plant"),
            how=_(
                "Ask a person or a role, with a day to answer by. The answer comes to My month and stays in the story "
                "of the figure."
            ),
            room="bench",
            until="collect",
            pictures=(Picture(name="dp-answer", shows=_("My month of the planner with the answer to her question.")),),
        ),
        Step(
            title=_("Decide on news"),
            how=_(
                "Every piece of news goes into the plan, or stays beside it as a risk or an opportunity. Give your "
                "reason; who shared it reads it."
            ),
            room="month",
            until="collect",
        ),
        Step(
            title=_("Type your changes"),
            how=_(
                "Type 120, +10 or +5% at any level of the tree; it is split over what lies below. See what a change "
                "would do to supply before you keep it."
            ),
            room="plan",
            until="sign_demand",
        ),
        Step(
            title=_("Follow the demand to the schedule"),
            how=_("One page from forecast to orders, backlog, production, stock and load; conflicts show here first."),
            room="flow",
            until="sign_demand",
        ),
        Step(
            title=_("Make the consensus"),
            how=_("When every patch is accepted or defaulted My month offers it. The sales leader signs it."),
            room="month",
            until="sign_demand",
        ),
    ),
    troubles=(
        Trouble(
            what=_("The baseline must be made again."),
            then=_(
                "Make it, then “Replay what was typed”. Figures that sales set keep their value. A patch whose figure "
                "differs goes back to its salesperson, and only that."
            ),
        ),
        AWAY,
        Trouble(
            what=_("Two of us typed in the same cells."),
            then=_(
                "The second is told which cells moved, and by whom. She applies hers to the rest, or on the new "
                "values. Nothing is lost."
            ),
        ),
        Trouble(
            what=_("Nobody answers my question."),
            then=_(
                "It turns late in the month of who was asked. Ask somebody else as well, or decide without it and say "
                "so in your reason."
            ),
        ),
    ),
)
