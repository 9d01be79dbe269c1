"""Asking a school of the keep-warm pool to offer again, and carrying its answers over when it does."""

from sqlalchemy import select

from eoi.extensions import db, now
from eoi.models import Renewal, Round, Submission
from eoi.queries import pool
from eoi.rules import editing
from eoi.rules.errors import Refused
from eoi.rules.permissions import Actor, Permission
from eoi.rules.questions import form
from eoi.rules.questions.types import Kind
from eoi.rules.stages import Stage
from eoi.rules.words import Step
from eoi.workflow import audit, drafting, notices
from eoi.workflow.stages import require


def invite(submission: Submission, round_: Round, *, by: Actor) -> None:
    """Ask the school to renew its expression of interest in an open round. The caller commits.

    Raises NotAllowed; Refused where the round is closed, the school does not know its outcome, or was asked already.
    """
    require(by, Permission.ASK, submission)
    if submission.stage not in (Stage.DEFERRED, Stage.DECLINED):
        raise Refused("Only what was deferred or declined is in the pool.")
    if not submission.letter_issued:
        raise Refused("Its letter is not issued, so the school does not know its outcome yet.")
    if not round_.is_open(now()):
        raise Refused("This round does not take new expressions of interest now.")
    if round_.id == submission.round_id:
        raise Refused("It was made in this round. Choose another one.")
    same = select(Renewal.id).where(Renewal.submission_id == submission.id, Renewal.round_id == round_.id)
    if db.session.scalar(same) is not None:
        raise Refused("The school was invited to renew it in this round already.")
    made = Renewal(submission_id=submission.id, round_id=round_.id, invited_at=now(), invited_by_id=by.id)
    db.session.add(made)
    db.session.flush()
    audit.record(submission.case, "invite_to_renew", by=by, detail={"round": round_.name})
    path = (
        f"/apply/start/{round_.slug}/check?school={submission.urn}&path={submission.path}&need={submission.need}"
        f"&phase={submission.phase}"
    )
    notices.tell_school("renew", submission, f"renew {made.id}", path=path, round=round_.name)


def carry_over(draft: Submission, *, by: Actor) -> bool:
    """Fill a fresh draft with the answers of the one that its school was invited to renew. The caller commits.

    Files are asked for anew. False where there was no invitation.
    """
    earlier = pool.invitation(draft.round, draft.urn, (draft.path, draft.need, draft.phase))
    if earlier is None:
        return False
    facts, held = draft.facts(), pool.answers(earlier)
    steps = (Step.EOI, Step.DETAIL) if draft.round.detail_with_eoi else (Step.EOI,)
    taken = {}
    for section in editing.sections_of(form(draft.round.form), facts, steps):
        keys = [q.key for q in section.questions if q.applies(facts) and q.kind is not Kind.FILE]
        answers = {key: held[section.key][key] for key in keys if key in held.get(section.key, {})}
        if answers:
            taken[section.key] = answers
    drafting.carry_over(draft, taken, by=by)
    return True
