"""The page of one expression of interest: the task list while the school fills it in, then where it stands."""

from itertools import groupby

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import today
from eoi.models import Submission
from eoi.queries import drafts
from eoi.queries.drafts import Work
from eoi.rules.answers import Status
from eoi.rules.errors import WrongStage
from eoi.rules.permissions import Permission
from eoi.rules.questions.types import Section
from eoi.rules.stages import Stage
from eoi.rules.words import count_of
from eoi.web.access import allowed, find_submission, requires
from eoi.web.apply import tracking
from eoi.web.apply.blueprint import bp, is_shut, sections_now
from eoi.web.apply.exception import strand_of

Task = tuple[str, str, str, str]  # title, address, status, hint


@bp.get("/<public_id>")
@requires(Permission.READ_OWN, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def show(public_id: str) -> str | Response:
    submission = find_submission(public_id)
    if not submission.is_draft and not allowed(Permission.READ_OWN):
        return redirect(url_for("logging.show", public_id=public_id))
    if not submission.is_draft:
        return tracking.page(submission)
    if not submission.may_be_filled:
        return render_template("apply/waiting.html", submission=submission, strand=strand_of(submission))
    return _tasks(submission)


@bp.get("/<public_id>/tasks")
@requires(Permission.READ_OWN)
def tasks(public_id: str) -> str:
    """The tasks of the detail, which a shortlisted school is asked for."""
    submission = find_submission(public_id)
    if submission.stage is not Stage.DETAIL and not submission.is_draft:
        raise WrongStage("There is nothing to fill in now.")
    return _tasks(submission)


def _tasks(submission: Submission) -> str:
    work, sections = drafts.work(submission), sections_now(submission)
    tasks = [(section, _task(submission, work, section)) for section in sections]
    groups = [(name, [task for _, task in within]) for name, within in groupby(tasks, key=lambda pair: pair[0].group)]
    done = sum(task[2] == Status.COMPLETED for _, task in tasks)
    return render_template(
        "apply/tasks.html", submission=submission, groups=groups, done=done, all=len(tasks),
        last=max(work.rows.values(), key=lambda row: row.changed_at, default=None),
        closed=is_shut(submission),
    )  # fmt: skip


def _task(submission: Submission, work: Work, section: Section) -> Task:
    status = work.status(section, today())
    missing = len(work.wrong(section, today())) if status is Status.IN_PROGRESS else 0
    hint = f"{count_of(missing, 'question')} to answer or mend" if missing else ""
    address = url_for(".section", public_id=submission.public_id, key=section.key)
    return section.title, address, status.value, hint
