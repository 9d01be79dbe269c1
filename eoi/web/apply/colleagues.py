"""A school's people: the headteacher invites colleagues to help, ends that, and says who follows each case."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Membership
from eoi.queries import drafts, users
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission, Role
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp
from eoi.web.fields import EmailField, LineField, Needed, RadiosField, VersionField, choice
from eoi.web.forms import Form
from eoi.web.refusals import show
from eoi.workflow import accounts, drafting


class ColleagueForm(Form):
    name = LineField("Name", [Needed("Enter your colleague's name")])
    job_title = LineField("Job title (optional)", description="Such as SENCO, school business manager or chair")
    email = EmailField("Work email address", [Needed("Enter your colleague's email address")])
    urn = RadiosField("School", [Needed("Choose the school")])


class LeadForm(Form):
    version = VersionField()
    lead = RadiosField("Who should we write to?", [Needed("Choose who we should write to")])


@bp.get("/colleagues")
@requires(Permission.READ_OWN)
def colleagues() -> str:
    schools = [(school, users.members_of(school.urn)) for school in drafts.schools_of(actor())]
    return render_template("apply/colleagues.html", schools=schools, cases=drafts.of_schools(actor()))


@bp.route("/colleagues/invite", methods=["GET", "POST"])
@requires(Permission.COLLEAGUES)
def invite_colleague() -> str | Response | tuple[str, int]:
    form = ColleagueForm()
    led = [school for school in drafts.schools_of(actor()) if (school.urn, Role.HEADTEACHER) in actor().schools]
    form.urn.choices = [choice(str(school.urn), school.name) for school in led]
    if len(led) == 1:
        form.urn.data = str(led[0].urn)
    if form.validate_on_submit():
        try:
            user = accounts.invite(
                form.email.data, form.name.data, job_title=form.job_title.data, urn=int(form.urn.data),
                role=Role.EDITOR, by=actor(),
            )  # fmt: skip
            db.session.commit()
            flash(f"We have written to {user.email}.", "success")
            return redirect(url_for(".colleagues"))
        except Invalid as refused:
            show(refused, form)
    page = render_template("apply/colleague_invite.html", form=form, many=len(led) > 1)
    return (page, 422) if form.errors else page


@bp.route("/colleagues/<int:membership_id>/remove", methods=["GET", "POST"])
@requires(Permission.COLLEAGUES)
def remove_colleague(membership_id: int) -> str | Response:
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.urn not in actor().urns:
        raise NotFound
    if request.method == "POST":
        name = membership.user.name
        accounts.leave_school(membership, by=actor())
        db.session.commit()
        flash(f"{name} no longer sees your school's expressions of interest.", "success")
        return redirect(url_for(".colleagues"))
    return render_template("apply/colleague_remove.html", membership=membership)


@bp.route("/<public_id>/lead", methods=["GET", "POST"])
@requires(Permission.COLLEAGUES)
def hand_over(public_id: str) -> str | Response | tuple[str, int]:
    submission = find_submission(public_id)
    form = LeadForm(version=submission.version)
    members = {m.user_id: m.user for m in users.members_of(submission.urn) if m.user.active}
    form.lead.choices = [choice(str(user.id), user.name, user.job_title) for user in members.values()]
    if request.method == "GET" and submission.lead_id in members:
        form.lead.data = str(submission.lead_id)
    if form.validate_on_submit():
        lead = members[int(form.lead.data)]
        drafting.hand_over(submission, lead, seen=form.version.data, by=actor())
        db.session.commit()
        flash(f"We now write to {lead.name} about this.", "success")
        return redirect(url_for(".colleagues"))
    page = render_template("apply/hand_over.html", form=form, submission=submission)
    return (page, 422) if form.errors else page
