"""The templates that ship for letters that tell no decision: receipts, questions, and what follows an approval."""

from eoi.rules.papers.kinds import LetterKind

INFORMATION = """## Information rights

Anybody can ask to see this letter under the Freedom of Information Act 2000. After the decisions of a round we \
publish which schools are approved to proceed, with the need and the number of places. How we use personal information \
is explained at {{privacy link}}."""
QUESTIONS = """## Questions

Contact {{contact}}. You can read your expression of interest and this letter at {{form link}}."""

ACKNOWLEDGEMENT = f"""## Thank you

Thank you for your expression of interest in {{{{round}}}}. {{{{submitted by}}}} submitted it on {{{{received at}}}}. \
**Its reference is {{{{reference}}}}.**

You offer {{{{provision}}}}: {{{{offer}}}}.

{{{{your words}}}}

## What happens next

- We check that it is complete and can be considered by {{{{checked by}}}}. If something is missing, we write to you.
- We then read every expression of interest against the published criteria.
- We aim to tell you the decision by {{{{decision by}}}}. Until then its stage reads “Decision being made”.

## What is still outstanding

Send us the following by {{{{outstanding by}}}}:

{{{{outstanding}}}}

## What this is not

An expression of interest commits neither your school nor the council. Do not advertise, recruit or promise places. \
You can withdraw it until the decision.

{INFORMATION}

{QUESTIONS}"""

ANSWER = """## How to answer

Sign in at {{form link}}. You can change the answers named above, and only those. Do not name or describe a child.

If you need more time, ask before {{reply by}}. We can extend the date once. If we hear nothing by then, we may not be \
able to consider your expression of interest in this round."""

RETURNED = f"""## What we ask

Thank you for your expression of interest {{{{reference}}}}, which we received on {{{{received on}}}} in \
{{{{round}}}}. **Before we can go on, we need more information from you by {{{{reply by}}}}.**

This is not a decision, and it does not count against your expression of interest.

{{{{questions}}}}

{{{{your words}}}}

{ANSWER}

{QUESTIONS}"""

CLARIFICATION = f"""## What we ask

We are assessing your expression of interest {{{{reference}}}}. **We have a question, and need your answer by \
{{{{reply by}}}}.**

This is not a decision. The time that you take does not count against your expression of interest.

{{{{questions}}}}

{{{{your words}}}}

{ANSWER}

{QUESTIONS}"""

DISCHARGED = f"""## The conditions are met

Thank you for what you sent us about expression of interest {{{{reference}}}}. **Every condition of your approval to \
proceed is met.**

{{{{conditions met}}}}

{{{{your words}}}}

## What this means

Your proposal goes on to the next steps. This is still not the statutory decision, and it does not establish the \
provision. Do not advertise the provision, recruit staff for it or promise a place in it yet.

{INFORMATION}

{QUESTIONS}

{{{{your closing words}}}}"""

LAPSED = f"""## The approval has lapsed

**The approval to proceed of your expression of interest {{{{reference}}}} lapsed on {{{{lapsed on}}}}.**

{{{{why it lapsed}}}}

## What was still open

{{{{conditions not met}}}}

{{{{your words}}}}

## What you can do

You can express an interest again in a later round. It will not count against your school that this approval lapsed. \
If you think that a fact in this letter is wrong, tell us.

## Your pupils now

This does not change the support, the funding or the placement of any pupil at your school.

{INFORMATION}

{QUESTIONS}

{{{{your closing words}}}}"""

PROCESS_REVIEW = f"""## What the review looked at

You asked for a review of how we handled your expression of interest {{{{reference}}}}. It looked at the process and \
the facts, and did not assess your expression of interest afresh.

## What it found

{{{{what the review found}}}}

{{{{your words}}}}

## The result

{{{{result of the review}}}}

You can use the council’s complaints procedure if you are still unhappy. After that you can ask the Local \
Government and Social Care Ombudsman whether it can look at your complaint.

{INFORMATION}

{QUESTIONS}

{{{{your closing words}}}}"""

FEEDBACK = f"""## About this sheet

This sheet goes with the letter that told you that your expression of interest {{{{reference}}}} is {{{{outcome}}}}. \
It is for the call about your feedback. It shows your own marks, and no other school’s.

## What was strong

{{{{strengths found}}}}

## Your own marks

Each mark is out of 4: 0 is no evidence, 1 weak, 2 partly, 3 good and 4 strong.

{{{{own marks}}}}

{{{{your words}}}}

## What would help another time

{{{{what would help}}}}

{QUESTIONS}"""

TEXTS: dict[LetterKind, str] = {
    LetterKind.ACKNOWLEDGEMENT: ACKNOWLEDGEMENT,
    LetterKind.RETURNED: RETURNED,
    LetterKind.CLARIFICATION: CLARIFICATION,
    LetterKind.DISCHARGED: DISCHARGED,
    LetterKind.LAPSED: LAPSED,
    LetterKind.PROCESS_REVIEW: PROCESS_REVIEW,
    LetterKind.FEEDBACK: FEEDBACK,
}
