"""Section 7 of the data dictionary, and 6.8, the capital estimate."""

from eoi.rules.questions.applies import academy, maintained, srp
from eoi.rules.questions.types import Kind, Question, Section
from eoi.rules.questions.y2026.checks import large_capital, startup_explained
from eoi.rules.questions.y2026.parts import AS_AT, SOURCE
from eoi.rules.words import Step

GROUP = "Money in detail"
MOST = 100_000_000_00  # pence

COST = Section(
    "cost",
    "Cost of the building work",
    Step.EOI,
    (
        Question(
            "capital_band",
            "What would the building work cost, roughly?",
            Kind.ONE_OF,
            hint="A rough estimate is fine. The council does the feasibility study",
            missing="Choose what the building work would cost, roughly",
            noun="what the building work would cost",
            options=(
                ("under_50k", "Up to £50,000"),
                ("under_250k", "£50,000 to £250,000"),
                ("under_1m", "£250,000 to £1 million"),
                ("over_1m", "More than £1 million"),
                ("unknown", "Not known yet"),
            ),
            criterion="C7",
            dictionary="6.8",
        ),
        Question(
            "capital_basis",
            "What is your estimate based on?",
            Kind.TEXT,
            hint="For example, a surveyor’s figure, similar work or a guess",
            missing="Enter what your estimate is based on",
            noun="the basis of your estimate",
            words=50,
            criterion="C7",
            dictionary="6.8",
        ),
    ),
    group="Building",
    advice=(large_capital,),
)


def _money(key: str, label: str, noun: str) -> Question:
    return Question(key, label, Kind.MONEY, missing=f"Enter {noun}", noun=noun, low=0, high=MOST)


def _balance(key: str, label: str) -> Question:
    noun = f"the surplus or deficit of {label.lower()}"
    return Question(key, label, Kind.MONEY, missing=f"Enter {noun}", noun=noun, low=-MOST, high=MOST)


_BALANCES = (
    _balance("year_1", "This financial year"),
    _balance("year_2", "Next financial year"),
    _balance("year_3", "The year after"),
    Question(
        "licensed_deficit",
        "Do you have a licensed or agreed deficit?",
        Kind.YES_NO,
        missing="Choose yes if you have a licensed or agreed deficit",
    ),
    AS_AT,
    SOURCE,
)
_BALANCES_HINT = "Put a minus before a deficit"
_BALANCES_MISSING = "Enter the surplus or deficit of three years"

HELD_BUDGET = Section(
    "held_budget",
    "Budget position",
    Step.DETAIL,
    (
        Question(
            "budget_correct",
            "Is the budget position we hold right?",
            Kind.YES_NO,
            hint="If we hold nothing, choose no and give yours",
            missing="Choose yes if the budget position we hold is right",
            applies=maintained,
            held=("budget",),
            dictionary="7.3",
        ),
        Question(
            "budget_own",
            "Surplus or deficit of three years",
            Kind.GRID,
            hint=_BALANCES_HINT,
            missing=_BALANCES_MISSING,
            applies=maintained,
            shown_if=("budget_correct", "no"),
            parts=_BALANCES,
            criterion="C7",
            dictionary="7.3",
        ),
        Question(
            "budget_academy",
            "Surplus or deficit of three years",
            Kind.GRID,
            hint=_BALANCES_HINT,
            missing=_BALANCES_MISSING,
            applies=academy,
            parts=_BALANCES,
            criterion="C7",
            dictionary="7.3",
        ),
    ),
    group="Check what we hold",
)

MONEY = Section(
    "money",
    "Start-up and running costs",
    Step.DETAIL,
    (
        Question(
            "startup_revenue",
            "Money you need before the first pupils start",
            Kind.MONEY,
            hint="Not building work. Enter 0 if you need none. Each place brings £6,000 or £10,000 a year, and top-up. "
            "For a satellite, the funding goes to the special school",
            missing="Enter the money you need before the first pupils start, or 0",
            noun="the money you need to start",
            low=0,
            high=MOST,
            criterion="C7",
            dictionary="7.1",
        ),
        Question(
            "startup_note",
            "What is it for?",
            Kind.TEXT,
            required=False,
            noun="your note on the money you need",
            words=150,
            criterion="C7",
            dictionary="7.1",
        ),
        Question(
            "running",
            "Each year when full",
            Kind.GRID,
            missing="Enter the cost and the income of each year when full",
            applies=srp,
            criterion="C7",
            dictionary="7.2",
            parts=(
                _money("staff_cost", "Cost of the staff", "the cost of the staff"),
                _money("income", "Income from places and top-up", "the income from places and top-up"),
            ),
        ),
    ),
    group=GROUP,
    checks=(startup_explained,),
)
