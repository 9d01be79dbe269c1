"""A strand open by exception only: the school makes its case, an officer answers, and only then comes the form."""

from eoi.extensions import now
from eoi.models import Submission
from eoi.models.submission import Exception_
from eoi.rules.answers import count_words
from eoi.rules.errors import Invalid, WrongStage
from eoi.rules.permissions import Actor, Permission
from eoi.workflow import audit, drafting, notices
from eoi.workflow.stages import compare, require

MOST_WORDS = 150


def ask(submission: Submission, case: str, *, seen: int, by: Actor) -> None:
    """Send the school's case for an exception. The caller commits."""
    require(by, Permission.LOG_FOR_SCHOOL if drafting.logs(submission, by) else Permission.SUBMIT, submission)
    compare(submission, seen)
    if submission.exception is not Exception_.TO_ASK:
        raise WrongStage("The case for an exception has been sent already.")
    if not case.strip():
        raise Invalid({"case": "Enter your case for an exception"})
    if count_words(case) > MOST_WORDS:
        raise Invalid({"case": f"Your case must be {MOST_WORDS} words or fewer"})
    submission.exception, submission.exception_case = Exception_.ASKED, case.strip()
    submission.changed_at = now()
    audit.record(submission.case, "ask_exception", by=by, detail={"case": case})


def answer(submission: Submission, allowed: bool, reason: str, *, seen: int, by: Actor) -> None:
    """An officer allows the exception, or not, and says why. The school is told. The caller commits."""
    require(by, Permission.CHECK, submission)
    compare(submission, seen)
    if submission.exception is not Exception_.ASKED:
        raise WrongStage("There is no case to answer.")
    if not reason.strip():
        raise Invalid({"reason": "Enter the reason, which the school will read"})
    submission.exception = Exception_.ALLOWED if allowed else Exception_.REFUSED
    submission.exception_answer = reason.strip()
    submission.changed_at = now()
    audit.record(submission.case, "answer_exception", by=by, detail={"allowed": allowed, "reason": reason})
    key = f"exception {submission.id}"
    notices.tell_school("exception_answered", submission, key, allowed=allowed, reason=reason.strip())
