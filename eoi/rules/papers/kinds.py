"""The letters a school may get, and the heading of each."""

from enum import StrEnum


class LetterKind(StrEnum):
    """The letters a school may get about an expression of interest."""

    ACKNOWLEDGEMENT = "acknowledgement"
    RETURNED = "returned"
    INELIGIBLE = "ineligible"
    NOT_SHORTLISTED = "not_shortlisted"
    APPROVED = "approved"
    CONDITIONS = "approved_with_conditions"
    DECLINED = "declined"
    DEFERRED = "deferred"
    CLARIFICATION = "clarification"
    DISCHARGED = "conditions_met"
    LAPSED = "lapsed"
    PROCESS_REVIEW = "process_review"
    FEEDBACK = "feedback"

    @property
    def subject(self) -> str:
        """What it tells the school, in one line: the heading of the letter."""
        return _SUBJECTS[self]


_SUBJECTS = {
    LetterKind.ACKNOWLEDGEMENT: "We have received your expression of interest",
    LetterKind.RETURNED: "We need more information about your expression of interest",
    LetterKind.INELIGIBLE: "Your expression of interest cannot be considered in this round",
    LetterKind.NOT_SHORTLISTED: "Your expression of interest has not been shortlisted",
    LetterKind.APPROVED: "Your expression of interest is approved to proceed",
    LetterKind.CONDITIONS: "Your expression of interest is approved to proceed, with conditions",
    LetterKind.DECLINED: "Your expression of interest has been declined",
    LetterKind.DEFERRED: "The decision on your expression of interest is deferred",
    LetterKind.CLARIFICATION: "We have a question about your expression of interest",
    LetterKind.DISCHARGED: "The conditions of your approval to proceed are met",
    LetterKind.LAPSED: "Your approval to proceed has lapsed",
    LetterKind.PROCESS_REVIEW: "The review of process that you asked for is done",
    LetterKind.FEEDBACK: "Feedback on your expression of interest",
}

APPROVALS = frozenset({LetterKind.APPROVED, LetterKind.CONDITIONS})
#: The letters that tell a decision: each has a template for every path and type of school.
OUTCOMES = APPROVALS | {LetterKind.DECLINED, LetterKind.DEFERRED, LetterKind.INELIGIBLE, LetterKind.NOT_SHORTLISTED}
