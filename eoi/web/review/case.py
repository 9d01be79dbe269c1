"""One submission's pages: summary, answers, the review so far, the decision, and everything that happened."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from eoi.models import Clarification, Submission
from eoi.models.submission import Channel
from eoi.queries import cases, drafts, opinions, review, signatures, suitability
from eoi.queries.letters import first_opened
from eoi.rules.editing import ASKED
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.stages import BEFORE_DECISION, STAGES
from eoi.rules.timeline import ABOUT, is_about
from eoi.web.access import actor, allowed, requires
from eoi.web.review import telling
from eoi.web.review.blueprint import bp
from eoi.web.review.offers import offers
from eoi.web.review.opening import clock_of, find_case, url_if
from eoi.web.stored import send, send_document
from eoi.workflow import opinions as asking_experts
from eoi.workflow.scoring import SCORING

BEFORE_PANEL = BEFORE_DECISION[:-1]
CHANNELS = {Channel.FORM: "Online form", Channel.EMAIL: "By email", Channel.PHONE: "By phone"}


def draw(tab: str, submission: Submission, **facts: Any) -> str:
    """A page of a case: what stands on each of them, and the facts of this one."""
    return render_template(
        f"review/case/{tab}.html",
        tab=tab,
        submission=submission,
        stage=STAGES[submission.stage],
        clock=clock_of(submission, submission.round.closures),
        **facts,
    )


@bp.get("/submissions/<ref>")
@requires(Permission.REVIEW)
def show(ref: str) -> str:
    submission = find_case(ref)
    sent = cases.sent(submission)
    asked = review.clarifications(submission) if submission.stage in ASKED else []
    panel = _panel_record(submission)
    return draw(
        "summary",
        submission,
        names=cases.names(submission),
        panel=panel,
        hundred=telling.answer_of(sent, "summary_100"),
        offers=offers(submission, actor()),
        open_question=_open_question(asked),
        channel=CHANNELS[submission.channel],
        signed=signatures.of(submission, sent) if submission.stage in BEFORE_DECISION else [],
        sent=sent,
        facts=suitability.facts(submission, telling.values_of(sent)) if sent else [],
        sees_scores=panel is not None and submission.score is not None and review.sees_scores(submission, actor()),
        may_put_right=allowed(Permission.REOPEN) and _may_go_back(submission),
        may_ask_experts=_may_ask_experts(submission),
        summary_pdf=url_if("letters.summary", ref=ref),
    )


def _panel_record(submission: Submission) -> telling.Told | None:
    """What the panel said, from its recommendation on."""
    if submission.stage in BEFORE_PANEL:
        return None
    found = next((one for one in cases.records(submission) if one.kind == "panel"), None)
    return telling.record(found) if found else None


def _open_question(asked: Any) -> Clarification | None:
    return next((one for one in reversed(asked) if one.is_open), None)


def _may_ask_experts(submission: Submission) -> bool:
    return allowed(Permission.ADVISE) and submission.stage in asking_experts.ASKED_AT


def _may_go_back(submission: Submission) -> bool:
    return any(step.action == "reopen" for step in telling.moves(submission))


@bp.get("/submissions/<ref>/answers")
@requires(Permission.REVIEW)
def answers(ref: str) -> str:
    """What the school sent, as it was frozen, with what it changed since in answer to a question."""
    submission = find_case(ref)
    sent = cases.sent(submission)
    changed = telling.changes(submission, review.clarifications(submission))
    every = drafts.every_document(submission)
    documents: dict[str, list[Any]] = {}
    for document in (one for one in every if one.removed_at is None):
        documents.setdefault(document.question, []).append(document)
    frozen = cases.sent_files(sent) if sent else set()
    versions = {one.id: drafts.earlier(one, every) for one in every}
    sections = telling.sections_of(sent)
    if not allowed(Permission.SEE_CONTACTS):
        sections = telling.without_contacts(sections)
    return draw(
        "answers", submission, sent=sent, sections=sections, changed=changed, documents=documents,
        versions=versions, was_sent={one.id for one in every if (one.question, one.key) in frozen},
        signed=signatures.of(submission, sent), infected=[one for one in every if one.is_infected],
    )  # fmt: skip


@bp.get("/submissions/<ref>/documents/<name>")
@requires(Permission.REVIEW)
def document(ref: str, name: str) -> Response:
    """A file that the school sent: saved, or with `show` looked at in a tab of its own."""
    submission = find_case(ref)
    found = cases.document(submission, name)
    if found is None:
        raise NotFound
    return send_document(found)


@bp.get("/submissions/<ref>/eoi.pdf")
@requires(Permission.REVIEW)
def eoi_pdf(ref: str) -> Response:
    """The expression of interest as it was sent, once the job has printed it; how to reach people is in it."""
    submission = find_case(ref, Permission.SEE_CONTACTS)
    sent = cases.sent(submission)
    if sent is None or sent.pdf_key is None:
        raise NotFound
    return send(sent.pdf_key, f"{submission.reference}.pdf", "application/pdf")


@bp.get("/submissions/<ref>/review")
@requires(Permission.REVIEW)
def reviewed(ref: str) -> str:
    submission = find_case(ref)
    scorers = cases.scorers(submission)
    return draw(
        "review",
        submission,
        records=[telling.record(one) for one in cases.records(submission)],
        questions=telling.asked(submission, review.clarifications(submission)),
        scorers=scorers,
        scores=telling.scores(submission, scorers, cases.scores(submission)),
        conflicts=sum(scorer.conflicted is True for scorer in scorers),
        judges=review.judges_of(submission),
        opinions=opinions.of(submission, actor()),
        may_remind=asking_experts.had_no_mail_today,
        may_ask_experts=_may_ask_experts(submission),
        open_to_chair=submission.stage in SCORING and allowed(Permission.PANEL),
    )


@bp.get("/submissions/<ref>/outcome")
@requires(Permission.REVIEW)
def outcome(ref: str) -> str:
    submission = find_case(ref)
    criteria = {criterion.key: criterion for criterion in submission.round.criteria}
    letters = review.letters(submission)
    opened = first_opened(letters) if any(letter.released_at for letter in letters) else {}
    return draw("outcome", submission, decision=review.decision(submission), criteria=criteria, letters=letters,
                opened=opened)  # fmt: skip


@bp.get("/submissions/<ref>/timeline")
@requires(Permission.REVIEW)
def timeline(ref: str) -> str:
    """Everything that happened, newest first; some of it, where the address asks for less."""
    submission = find_case(ref)
    every = [telling.happened(entry) for entry in cases.timeline(submission)]
    about, by, seen = (request.args.get(name, "") for name in ("about", "by", "seen"))
    items = [
        one for one in every
        if is_about(one["action"], about) and (not by or one["by"] == by) and (seen != "school" or one["seen"])
    ]  # fmt: skip
    filters = [
        {"name": "about", "label": "What", "value": about, "any": "Everything",
         "options": [(key, label) for key, (label, _) in ABOUT.items()]},
        {"name": "by", "label": "Who", "value": by, "any": "Everybody",
         "options": [(name, name) for name in sorted({one["by"] for one in every if one["by"]})]},
        {"name": "seen", "label": "Who sees it", "value": seen, "any": "The council",
         "options": [("school", "The school too")]},
    ]  # fmt: skip
    return draw("timeline", submission, items=items, filters=filters, total=len(every))
