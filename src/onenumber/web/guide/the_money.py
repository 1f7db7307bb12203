"""The guides of those who answer for money and decide: finance, division head, executive."""

from django.utils.translation import gettext_lazy as _

from onenumber.web.guide.model import Guide, Picture, Step, Trouble
from onenumber.web.guide.troubles import AWAY

FINANCE = Guide(
    role="FIN",
    lead=_("You say what the plan means in money, and where the year lands against the budget."),
    steps=(
        Step(
            title=_("Load prices, costs and the budget"),
            how=_(
                "The files are prices, costs, currency_rates, budget_lines and budget_tolerances; the page says what "
                "each holds and gives an empty one to fill. Rows that do not fit are listed with file, row and remedy; "
                "the others load. A price or a cost that is missing leaves a “–” with its reason, never a zero."
            ),
            room="loads",
            until="freeze",
        ),
        Step(
            title=_("Make the review"),
            how=_(
                "When the supply plan is signed My month offers it: conflicts by the money they put at risk, and the "
                "plan valued in prices and costs of the month."
            ),
            room="month",
            until="prepare",
            pictures=(Picture(name="fin-month", shows=_("The review is the next thing the month waits for.")),),
        ),
        Step(
            title=_("Read where each line lands"),
            how=_(
                "Actual to date plus plan, against the budget of the year, line by line. A line out of tolerance must "
                "be decided on before the plan is approved."
            ),
            room="budget",
            until="prepare",
            pictures=(Picture(name="fin-budget", shows=_("Budget lines with where each lands and what is allowed.")),),
        ),
        Step(
            title=_("Check the papers"),
            how=_(
                "Each option is a whole plan with its net and extra cost. Ask the supply planner about any price that "
                "you would not defend."
            ),
            room="decisions",
            until="sign_review",
        ),
        Step(
            title=_("Answer for your figures"),
            how=_("Where a figure that you own left the plan, say why, what will be done and by when."),
            room="adherence",
            until="answer",
        ),
    ),
    troubles=(
        Trouble(
            what=_("Prices or costs come late."),
            then=_(
                "The data gate says what share of the plan has a price. The process owner may let it pass with a "
                "reason; what has no price stays “–”."
            ),
        ),
        AWAY,
        Trouble(
            what=_("A price was wrong."),
            then=_(
                "Load the corrected row. The month that is open keeps what it froze, unless the process owner re-opens "
                "Data; then everything made from it is stale and made again."
            ),
        ),
        Trouble(
            what=_("The plan lands out of tolerance."),
            then=_(
                "You do not change it. The executive accepts the deviation with a reason, sends it back, or decides a "
                "paper that brings the line home."
            ),
        ),
    ),
)

DIVISION_HEAD = Guide(
    role="DH",
    lead=_("You speak for your division's case, and answer for what of its figures is yours."),
    steps=(
        Step(
            title=_("Begin at My month"),
            how=_(
                "It says what waits for you, what changed, and where your division lands against its budget. You see "
                "your division, with its prices, costs and margin, and no other."
            ),
            room="month",
            pictures=(Picture(name="dh-month", shows=_("My month of a division head: one figure without an answer.")),),
        ),
        Step(
            title=_("Answer for a figure of yours that missed the plan"),
            how=_(
                "Say the cause in a sentence, what will be done and by when. The executive reads it by your name. "
                "Where others answer for the figures of your division, the page says who."
            ),
            room="adherence",
            until="answer",
            pictures=(Picture(name="dh-answer", shows=_("Her answer, as the executive reads it.")),),
        ),
        Step(
            title=_("Read why sales left the plan"),
            how=_(
                "The bridge of your division: price, volume, mix, new and lost customers, and what supply held back."
            ),
            room="deviations",
            until="collect",
        ),
        Step(
            title=_("Watch the landing"),
            how=_(
                "Revenue and margin of your division, actual to date plus plan, against the budget and its tolerance."
            ),
            room="budget",
            until="prepare",
        ),
        Step(
            title=_("Know what is promised"),
            how=_(
                "The family page shows demand, supply, stock and service of one family on one page: three months back "
                "to the end of the horizon."
            ),
            room="family",
        ),
    ),
    troubles=(
        Trouble(
            what=_("My answer is late."),
            then=_(
                "The page Adherence then says “unanswered” beside your name, and the executive sees it. You can answer "
                "as long as the month is not closed."
            ),
        ),
        AWAY,
        Trouble(
            what=_("A figure of my division is wrong."),
            then=_(
                "Open it: every figure leads down to the order line. If the data are wrong, tell the process owner; if "
                "the plan is, tell the demand planner before the demand is signed."
            ),
        ),
        Trouble(
            what=_("Another division goes first."),
            then=_(
                "The paper says for how long, what your customers wait for, and what floor you keep: ask the process "
                "owner for it. The turn expires on the day that stands there, and the next paper says who lost last "
                "time."
            ),
        ),
    ),
)

EXECUTIVE = Guide(
    role="EX",
    lead=_(
        "You keep the plan within budget, decide whose need comes first, and hold people to the plan. The executive "
        "page is made for four minutes."
    ),
    steps=(
        Step(
            title=_("Read the executive page"),
            how=_(
                "What is to be decided, where each budget line lands, what changed, and who kept the plan. It says in "
                "one sentence whether your approval would be refused, and why."
            ),
            room="executive",
            until="decide",
            pictures=(
                Picture(
                    name="ex-page", shows=_("The executive page: a decision asked for, two lines out of tolerance.")
                ),
            ),
        ),
        Step(
            title=_("Decide the papers"),
            how=_(
                "Each is one page: the options side by side with money, who gains and who waits, what is recommended, "
                "and what happens if nobody decides. Decide, put off, or say no with a sentence."
            ),
            room="decisions",
            until="decide",
            pictures=(Picture(name="ex-paper", shows=_("Who goes first on a line that is too short for both.")),),
        ),
        Step(
            title=_("Accept a budget line, or send it back"),
            how=_(
                "A line out of tolerance needs your word on the executive page before you approve. How far each line "
                "may land you set on the page Budget."
            ),
            room="executive",
            until="decide",
        ),
        Step(
            title=_("Approve the plan"),
            how=_(
                "The final plan is made with all decisions together. The operations leader confirms it; then you sign "
                "“approved”, and the process owner publishes it."
            ),
            room="executive",
            until="decide",
        ),
        Step(
            title=_("Hold people to it"),
            how=_(
                "Who missed the plan stands by name, with the answer or “unanswered”, what was promised, and whether "
                "the figure was kept since."
            ),
            room="adherence",
            until="answer",
            pictures=(
                Picture(name="ex-adherence", shows=_("A figure that missed the plan, and what its owner says.")),
            ),
        ),
        Step(
            title=_("Choose what reaches you"),
            how=_(
                "One message a day at most, and only of the kinds that you choose. Urgent news of key accounts is on "
                "My month the same day."
            ),
            room="messages",
        ),
    ),
    troubles=(
        Trouble(
            what=_("I cannot decide by the day on the paper."),
            then=_(
                "Press “Later”: it goes back with your sentence, an owner and a day. If nobody decides, the default "
                "that stands on the paper takes effect."
            ),
        ),
        Trouble(
            what=_("I am away when it is to be approved."),
            then=_(
                "Name who stands in to the process owner before you go: her signature shows both names. Where nobody "
                "may sign for you, the last published plan stays in force."
            ),
        ),
        Trouble(
            what=_("A decision turns out wrong."),
            then=_(
                "Until you approve the plan you can decide again; the newest decision counts and the earlier one stays "
                "in the log. After that it is a paper of the next month, or an emergency paper."
            ),
        ),
        Trouble(
            what=_("I say no to the whole plan."),
            then=_(
                "Do not sign. Tell the process owner which phase must be opened again and why. The last published plan "
                "stays in force until a new one is."
            ),
        ),
    ),
)
