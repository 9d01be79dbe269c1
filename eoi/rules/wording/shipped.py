"""The templates that ship, plain, in the words of domain §10: one for each kind of letter, path and type of school."""

from eoi.rules.papers.kinds import APPROVALS, OUTCOMES, LetterKind
from eoi.rules.statutory import Route
from eoi.rules.wording import after

K = LetterKind
ROUTE_LABELS = {
    Route.PROPOSAL: "Resourced provision, maintained school",
    Route.SIGNIFICANT_CHANGE: "Resourced provision, academy",
    Route.SPECIAL_PROPOSAL: "Satellite of a maintained special school",
    Route.SPECIAL_CHANGE: "Satellite of a special academy",
    Route.NOT_KNOWN: "Satellite, special school not agreed",
}
SATELLITES = frozenset({Route.SPECIAL_PROPOSAL, Route.SPECIAL_CHANGE, Route.NOT_KNOWN})

THANKS = "Thank you for your expression of interest {{reference}}, which we received on {{received on}} in {{round}}."
OFFERED = "You offered {{provision}}: {{offer}}."
REVIEW = """## If you think we got this wrong

You can ask once for a review, if you think that we did not follow our process or that a fact is wrong. Write to \
{{review to}} at {{review email}} by {{review by}}. A review looks at the process and the facts. It does not assess \
your expression of interest afresh.

If you are still unhappy, you can use the council’s complaints procedure. After that you can ask the Local Government \
and Social Care Ombudsman whether it can look at your complaint. There is no other right of appeal.

You can read the complaints procedure at {{complaints link}}."""
DUTIES = """## Your pupils now

This decision does not change the support, the funding or the placement of any pupil at your school. Your school’s \
duties to pupils with special educational needs stay the same, and so do ours."""
CALL = """## A call about this feedback

We would like to talk it through with you. To arrange a call, which will be on or before {{call by}}, contact \
{{contact}}.

We can tell you how your own expression of interest was assessed. We do not share how others were."""
ROAD = """## This is not the statutory decision

“Approved to proceed” means that your proposal can go on to the next steps. It does not establish the provision. The \
decision that counts in law comes later, is made by {{decided by}}, and can still be no.

{{who changes}} Your route is: {{route}}.

{{steps in law}}"""
MONEY = """## Money in outline

We pay place funding of {{filled place}} a year for each place that is filled, where the pupil also counts in your \
school’s main budget, and {{unfilled place}} for each place that is not filled. Top-up funding follows each pupil’s \
EHC plan.

These are the present national rates and may change. We make no capital commitment until a capital scheme has been \
approved."""
MONEY_OF_SATELLITE = """## Money in outline

Funding for the places goes to {{special school}}, because the pupils are on its roll: {{special place}} a place a \
year, and top-up funding for each pupil. What {{special school}} pays your school for rooms and services is for the \
two schools to agree.

These are the present national rates and may change. We make no capital commitment until a capital scheme has been \
approved."""
CONDITIONS = """## Conditions

Your expression of interest goes on only if each of these conditions is met.

{{conditions}}

## If a condition is not met

This approval lapses on {{lapses on}} if any condition is still unmet. If you need more time, ask before then and tell \
us why. We will answer in writing."""


def text(kind: LetterKind, route: Route) -> str:
    """What ships for this kind of letter, and for the outcome of this path and type of school."""
    if kind in APPROVALS:
        return _joined(*_approval(kind is K.CONDITIONS, route in SATELLITES))
    return _joined(*OTHERS[kind]) if kind in OTHERS else after.TEXTS[kind]


def variants(kind: LetterKind) -> tuple[Route | None, ...]:
    """The paths and types of school that this kind has a template for; None: one for all."""
    if kind not in OUTCOMES:
        return (None,)
    return tuple(route for route in Route if route is not Route.NOT_KNOWN or kind not in APPROVALS)


def _joined(*parts: str) -> str:
    return "\n\n".join(parts)


def _approval(conditions: bool, satellite: bool) -> list[str]:
    lead = "**Your expression of interest is approved to proceed{}.**".format(", with conditions" if conditions else "")
    return [
        f"## Thank you\n\n{THANKS} We know how much work went into it.",
        f"## Our decision\n\n{lead}\n\nIt is approved for {{{{provision}}}} at {{{{school}}}}: {{{{offer}}}}.",
        "The earliest it could open is {{opening}}.",
        *(["The conditions are in part 5."] if conditions else []),
        "## Why\n\nThese were the strengths of what you sent us:\n\n{{strengths}}\n\n{{your words}}",
        ROAD,
        *([CONDITIONS] if conditions else []),
        "## What happens next\n\nYour named contact from now on is {{contact}}.\n\n{{next steps}}",
        "## What we need from you by {{needed by}}\n\n{{needed}}",
        MONEY_OF_SATELLITE if satellite else MONEY,
        "## What to hold back for now\n\nDo not advertise the provision, recruit staff for it or promise a place in it "
        "yet. Places are named through EHC plans, and only once the provision has been established.",
        REVIEW,
        after.INFORMATION,
        after.QUESTIONS,
        "{{your closing words}}",
    ]


OTHERS: dict[LetterKind, tuple[str, ...]] = {
    K.DECLINED: (
        f"## Our decision\n\n{THANKS} **We have decided to decline it.**",
        f"{OFFERED} We know how much work went into it, and that this will be a disappointment. The rest of this "
        "letter says what was strong, where it fell short and what would help.",
        "## What was strong\n\n{{strengths}}",
        "## Where it fell short\n\n{{shortfalls}}\n\n{{your words}}",
        "## The round as a whole\n\n{{round as a whole}}",
        "## What would help another time\n\n{{what would help}}\n\n{{next round}}",
        CALL, REVIEW, DUTIES, after.INFORMATION, after.QUESTIONS, "{{your closing words}}",
    ),
    K.NOT_SHORTLISTED: (
        f"## Our decision\n\n{THANKS} **It has not been shortlisted, so we will not ask you for the detail and it goes "
        "no further in this round.**",
        f"{OFFERED} We know how much work went into it, and that this will be a disappointment. The rest of this "
        "letter says why, and what would help.",
        "## What was strong\n\n{{strengths found}}",
        "## Why it was not shortlisted\n\n{{shortfalls}}\n\n{{your words}}",
        "## The round as a whole\n\n{{round as a whole}}",
        "## What would help another time\n\n{{what would help}}\n\n{{next round}}",
        CALL, REVIEW, DUTIES, after.INFORMATION, after.QUESTIONS, "{{your closing words}}",
    ),
    K.DEFERRED: (
        f"## Our decision\n\n{THANKS} **We have deferred the decision: your expression of interest is neither approved "
        "nor declined.** We will look at it again on or before {{looked at again on}}.",
        f"{OFFERED} We know that waiting makes planning harder, so this letter says what we are waiting for and what "
        "happens meanwhile.",
        "## Why we are waiting\n\n{{why deferred}}\n\n{{your words}}",
        "## What you need to do\n\n{{what the school does}}\n\nThere is nothing to submit again unless we ask you to. "
        "If something important changes at your school, tell us.",
        "## What we will do\n\n{{what the council does}}\n\nWe will write to you again when we have looked at it, and "
        "no later than {{looked at again on}}.",
        "## Your right to withdraw\n\nYou can withdraw your expression of interest at any time before the decision, at "
        "{{form link}}. It would not count against your school in a later round.",
        REVIEW, DUTIES, after.INFORMATION, after.QUESTIONS, "{{your closing words}}",
    ),
    K.INELIGIBLE: (
        f"## Our decision\n\n{THANKS} **We cannot consider it in this round, because it does not meet what every "
        "expression of interest must meet.**",
        f"{OFFERED} We have not assessed its quality, so this says nothing about your school’s work with pupils.",
        "## What it does not meet\n\n{{checks not met}}\n\n{{your words}}\n\n{{policy}}",
        "## What would change this\n\n{{what would help}}\n\n{{next round}}",
        REVIEW, DUTIES, after.INFORMATION, after.QUESTIONS, "{{your closing words}}",
    ),
}  # fmt: skip
