"""The pages of the form. Each save keeps what is valid and says what is not; nothing that was typed is lost."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Submission
from eoi.rules.errors import MovedOn, Refused
from eoi.rules.parsing import clean
from eoi.rules.permissions import Permission
from eoi.rules.stages import Stage
from eoi.rules.words import clock_time
from eoi.web import errors
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply import asking
from eoi.web.apply.asking import SectionPage, section_page
from eoi.web.apply.blueprint import bp, seen_version
from eoi.web.apply.documents import Uploads
from eoi.web.drawing import change_rows
from eoi.workflow import drafting

Answer = str | Response | tuple[str | Response, int]

ELSEWHERE = "Somebody else has changed this page meanwhile. Save and continue shows you both texts."


@bp.route("/<public_id>/<key>", methods=["GET", "POST"])
@requires(Permission.ANSWER, Permission.LOG_FOR_SCHOOL, Permission.DRAFT_AHEAD)
def section(public_id: str, key: str) -> Answer:
    page = section_page(find_submission(public_id), key, actor())
    if request.method == "GET":
        return _drawn(page) if page.open else redirect(url_for(".show", public_id=public_id))
    typed = page.read(request.form)
    if change_rows(page.asked, typed, request.form):
        return _drawn(page.with_typed(typed))
    return _saved(page, typed)


def _saved(page: SectionPage, typed: dict[str, Any]) -> Answer:
    """Files are checked and stored before the first write; then text and files are kept in one transaction."""
    submission, key = page.submission, page.section.key
    uploads = Uploads.of(page.asked, page.work.files)
    try:
        said = {q.key: clean(request.form.get(f"{q.key}-explained")) for q in page.asked}
        saved = drafting.save_section(submission, key, typed, seen=seen_version(), by=actor(), explained=said)
        uploads.add_to(submission, by=actor())
        db.session.commit()
    except MovedOn:
        return _moved_on(page, typed)
    except Refused as refused:
        db.session.rollback()
        return errors.page(refused.status, refused.title, refused.message, kept=asking.texts(page, typed))
    after = section_page(submission, key, actor())
    if errors.wants_json():  # saved while it is typed: what is wrong is said when the person goes on
        told = {"version": after.version, "message": f"Saved at {clock_time(now())}."}
        return jsonify(told | ({"refused": uploads.errors} if uploads.errors else {}))
    if wrong := saved.errors | uploads.errors:
        return _drawn(after.with_typed({**after.typed, **typed}, wrong), 422)
    return redirect(_onward(after))


def _drawn(page: SectionPage, status: int = 200) -> tuple[str, int]:
    drawn = render_template(
        "apply/section.html", page=page, submission=page.submission, section=page.section, errors=page.errors,
        held=asking.held_figures(page), lines=asking.need_lines(page), known=asking.known_schools(page),
        facts=asking.known_facts(page), back=back_of(page.submission), told=",".join(sorted(page.warnings)),
        checking=request.args.get("back"),
    )  # fmt: skip
    return drawn, status


def _moved_on(page: SectionPage, typed: dict[str, Any]) -> Answer:
    """Somebody saved the section meanwhile: their text and yours, and a button that saves yours over theirs."""
    db.session.rollback()
    if errors.wants_json():
        return jsonify(message=ELSEWHERE), 409
    current = section_page(page.submission, page.section.key, actor())
    theirs, yours = asking.texts(current, current.typed), asking.texts(page, typed)
    differ = [label for label in {**theirs, **yours} if theirs.get(label) != yours.get(label)]
    if not differ:
        return redirect(_onward(current))
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "version")]
    return render_template(
        "apply/moved_on.html", page=current, pairs=pairs, theirs={label: theirs.get(label, "") for label in differ},
        yours={label: yours.get(label, "") for label in differ},
    ), 409  # fmt: skip


def _onward(page: SectionPage) -> str:
    """Where to go from a saved section: to stay and look at what is pointed out, or on."""
    public_id, then = page.submission.public_id, request.form.get("then")
    here = url_for(".section", public_id=public_id, key=page.section.key, back=request.args.get("back"))
    if then == "upload":
        return here
    if then == "later":
        flash("Saved. You can come back at any time.", "success")
        return back_of(page.submission)
    if set(page.warnings) - set(request.form.get("told", "").split(",")):
        return here
    if request.args.get("back") == "check":
        return url_for(".check", public_id=public_id)
    keys = list(drafting.open_now(page.submission))
    following = keys[keys.index(page.section.key) + 1 :]
    if following:
        return url_for(".section", public_id=public_id, key=following[0])
    asked = page.submission.stage in (Stage.RETURNED, Stage.CLARIFICATION)
    return url_for(".answer" if asked else ".check", public_id=public_id)


def back_of(submission: Submission) -> str:
    """The page that a section belongs to."""
    if submission.stage in (Stage.RETURNED, Stage.CLARIFICATION):
        return url_for(".answer", public_id=submission.public_id)
    return url_for(".tasks" if submission.stage is Stage.DETAIL else ".show", public_id=submission.public_id)
