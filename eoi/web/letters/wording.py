"""The wording of letters in a round: which there are, one to change, and how it reads for a real case."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Letter, Round, Submission
from eoi.queries import letters, papers, review, rounds, wordings
from eoi.rules.errors import Invalid, NotFound, Refused
from eoi.rules.papers import LetterKind
from eoi.rules.permissions import Permission
from eoi.rules.statutory import Route
from eoi.rules.wording import shipped
from eoi.rules.wording.filling import fields_of, wrong
from eoi.rules.wording.markup import LONGEST
from eoi.web.access import actor, requires
from eoi.web.fields import LineField, TextField
from eoi.web.letters.blueprint import bp
from eoi.web.letters.reading import reading_of
from eoi.web.review.opening import SeenForm, attempt, told
from eoi.workflow import wording as verbs

ALL = "all"


class WordingForm(SeenForm):
    text = TextField("Wording", words=3_000)
    case = LineField("Try it with a case", description="A reference such as EOI-2026-0001. Nothing is saved by trying")


@bp.get("/letters/wording")
@requires(Permission.EDIT_WORDING)
def wording() -> str:
    """Every kind of letter in a round, with how often its wording was changed."""
    found = rounds.every()
    chosen = next((one for one in found if one.slug == request.args.get("round")), found[0] if found else None)
    changed = wordings.counts(chosen.id) if chosen else {}
    rows = [
        (kind, route, shipped.ROUTE_LABELS[route] if route else "All schools", changed.get((kind, route or ""), 0))
        for kind in LetterKind
        for route in shipped.variants(kind)
    ]
    return render_template("letters/wordings.html", rounds=found, round=chosen, rows=rows, all=ALL)


@bp.route("/letters/wording/<slug>/<kind>/<which>", methods=["GET", "POST"])
@requires(Permission.EDIT_WORDING)
def edit_wording(slug: str, kind: str, which: str) -> str | Response:
    """Change one wording, or see how it would read for a case."""
    round, letter_kind, route = _found(slug, kind, which)
    past = wordings.versions(round.id, letter_kind, route)
    held = past[0].text if past else shipped.text(letter_kind, route or Route.PROPOSAL)
    form = WordingForm(version=past[0].version if past else verbs.SHIPPED, text=held)
    errors: dict[str, str] = {}
    tried = None
    if form.validate_on_submit():
        if request.form.get("then") == "try":
            tried, errors = _tried(letter_kind, form.text.data, form.case.data)
        else:
            errors = attempt(
                lambda: verbs.change(round, letter_kind, route, form.text.data, seen=form.version.data, by=actor()),
                {"Wording": form.text.data},
            )
            if not errors:
                flash("The wording is saved. Drafts that are not issued yet follow it.", "success")
                return redirect(url_for(".wording", round=slug))
    page: dict[str, Any] = {"round": round, "kind": letter_kind, "route": route, "past": past, "tried": tried}
    page["fields"], page["label"] = fields_of(letter_kind), shipped.ROUTE_LABELS[route] if route else "All schools"
    page["ships"] = shipped.text(letter_kind, route or Route.PROPOSAL)
    return render_template("letters/wording.html", form=form, errors=told(form, errors), longest=LONGEST, **page)


def _found(slug: str, kind: str, which: str) -> tuple[Round, LetterKind, Route | None]:
    round = rounds.by_slug(slug)
    if round is None or kind not in list(LetterKind) or which not in (ALL, *Route):
        raise NotFound
    route = None if which == ALL else Route(which)
    if route not in shipped.variants(LetterKind(kind)):
        raise NotFound
    return round, LetterKind(kind), route


def _tried(kind: LetterKind, text: str, reference: str) -> tuple[Markup | None, dict[str, str]]:
    """How this wording reads for a case, or what stops it. Writes nothing."""
    if mistakes := wrong(text, kind):
        told = [f"{one.message}: {one.words}" if one.words else one.message for one in mistakes]
        return None, {"text": ". ".join(told)}
    found = letters.cases(actor(), [reference.strip().upper()])
    if not found:
        return None, {"case": "Enter the reference of a case that you may see"}
    try:
        paper = papers.letter(_stand_in(found[0], kind), template=text)
        return reading_of(paper, marks=True), {}
    except (Refused, Invalid, KeyError, IndexError, AttributeError):
        return None, {"case": "This case has no record that such a letter would tell. Try another"}
    finally:
        db.session.rollback()


def _stand_in(submission: Submission, kind: LetterKind) -> Letter:
    """A letter of this kind to this case that is in no database."""
    decision = review.decision(submission)
    return Letter(
        submission=submission, decision=decision, kind=kind, number=f"{submission.reference}/L0", version=1,
        paragraph="", closing="", overruled=[], drafted_at=submission.changed_at,
    )  # fmt: skip
