"""Starting: which school, path, need and phase; whether that can be; then the draft. Nothing is kept in the session."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db, now
from eoi.models import Round, School
from eoi.queries import drafts, rounds
from eoi.rules import eligibility
from eoi.rules.eligibility import Choice
from eoi.rules.errors import NotFound
from eoi.rules.permissions import Permission
from eoi.rules.words import Need, Path, Phase, label
from eoi.web.access import actor, requires
from eoi.web.apply.blueprint import bp
from eoi.web.fields import Needed, RadiosField, choice
from eoi.web.forms import Form
from eoi.workflow import drafting, renewing

PATH_HINTS = {
    Path.SRP: "Places at your school for pupils on your roll, with a base and specialist staff whom you employ",
    Path.SATELLITE: "Rooms at your school where a special school teaches its own pupils with its own staff",
}
PHASE_HINTS = {
    Phase.PRIMARY: "Reception to Year 6",
    Phase.SECONDARY: "Years 7 to 11, unless the council agrees otherwise",
}

CHOICES = ("school", "path", "need", "phase")


class StartForm(Form):
    school = RadiosField("Which school is it for?", [Needed("Choose the school")], message="Choose the school")
    path = RadiosField("What would you host?", [Needed("Choose what you would host")])
    need = RadiosField(
        "Which need would the places be for?",
        [Needed("Choose the need")],
        description="If you could offer places for more than one need, make a separate expression of interest for each",
    )
    phase = RadiosField("Which phase would the pupils be in?", [Needed("Choose the phase")])

    def offer(self, round: Round, schools: list[School]) -> "StartForm":
        """Offer the person's schools and what the round names; what can only be one thing is chosen already."""
        named = round.facts().strands
        self.school.choices = [choice(str(s.urn), s.name, f"URN {s.urn}, {s.town}") for s in schools]
        self.path.choices = [choice(p, label(p), PATH_HINTS[p]) for p in Path if any(s.path is p for s in named)]
        self.need.choices = [choice(n, label(n)) for n in Need if any(s.need is n for s in named)]
        self.phase.choices = [choice(p, label(p), PHASE_HINTS[p]) for p in Phase if any(s.phase is p for s in named)]
        if len(schools) == 1 and not self.school.data:
            self.school.data = str(schools[0].urn)
        if not self.is_submitted() and len(schools) == 1:
            taught = [p for p in Phase if not eligibility.phase_refusal(schools[0].facts(), p)]
            self.phase.data = taught[0].value if len(taught) == 1 else ""
        return self


@bp.route("/start/<slug>", methods=["GET", "POST"])
@requires(Permission.DRAFT, Permission.DRAFT_AHEAD)
def start(slug: str) -> str | Response:
    round, schools = _round(slug), list(drafts.schools_to_start(actor()))
    form = StartForm(request.args) if request.method == "GET" and request.args else StartForm()
    form.offer(round, schools)
    if form.validate_on_submit():
        chosen = {name: form[name].data for name in CHOICES}
        return redirect(url_for(".eligible", slug=slug, **chosen))
    return render_template("apply/start.html", form=form, round=round, schools=schools)


@bp.route("/start/<slug>/check", methods=["GET", "POST"])
@requires(Permission.DRAFT, Permission.DRAFT_AHEAD)
def eligible(slug: str) -> str | Response:
    """Whether this school can offer this in this round, and the button that begins. The choice is in the address."""
    round, school = _round(slug), _school()
    chosen, there = _choice(round, school)
    if request.method == "POST" and there:
        return redirect(url_for(".show", public_id=there.public_id))
    if request.method == "POST" and chosen.can and not (chosen.by_exception and school.urn in actor().asked):
        begun = drafting.start(round, school, chosen.path, chosen.need, chosen.phase, by=actor())
        if renewing.carry_over(begun, by=actor()):
            flash("Your earlier answers are carried over. Check each page before you submit.", "success")
        db.session.commit()
        return redirect(url_for(".show", public_id=begun.public_id))
    return render_template(
        "apply/eligible.html", round=round, school=school, choice=chosen, there=there, again=_again(slug),
        ahead=school.urn in actor().asked,
    )  # fmt: skip


def _round(slug: str) -> Round:
    round = rounds.called(slug, now())
    if round is None or not round.is_open(now()):
        raise NotFound
    return round


def _school() -> School:
    """The school of the address, if it is one of the person's own."""
    mine = {str(school.urn): school for school in drafts.schools_to_start(actor())}
    school = mine.get(request.args.get("school", ""))
    if school is None:
        raise NotFound
    return school


def _choice(round: Round, school: School) -> tuple[Choice, Any]:
    """The strand of the address as this school sees it, and its expression of interest for it, if there is one."""
    there = drafts.live(round, school.urn, actor())
    found = eligibility.choices(
        round.facts(), school.facts(), la_code=current_app.config["COUNCIL_LA_CODE"], existing=frozenset(there)
    )
    wanted = tuple(request.args.get(name) for name in CHOICES[1:])
    for one in found:
        if (one.path.value, one.need.value, one.phase.value) == wanted:
            return one, there.get((one.path, one.need, one.phase))
    raise NotFound


def _again(slug: str) -> str:
    return url_for(".start", slug=slug, _external=False, **{name: request.args.get(name, "") for name in CHOICES})
