"""Inviting schools: who was invited, and a CSV of URN, headteacher and email, looked at before it is sent."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.queries import need
from eoi.rules import inviting as rules
from eoi.rules.errors import BadFile
from eoi.rules.permissions import Permission
from eoi.rules.words import count_of
from eoi.web.access import actor, requires
from eoi.web.uploads import ConfirmForm, UploadForm, csv_response, seal, unseal
from eoi.workflow import inviting

bp = Blueprint("invitations", __name__, url_prefix="/admin/schools")

EXAMPLE = ("118246", "Alice Example", "head@school.example")


@bp.get("")
@requires(Permission.INVITE_SCHOOLS)
def invitations() -> str:
    return render_template("admin/invitations.html", invitations=need.invitations())


@bp.route("/invite", methods=["GET", "POST"])
@requires(Permission.INVITE_SCHOOLS)
def invite() -> str:
    """Take the file and show whom it would invite. Nothing is sent."""
    form = UploadForm()
    if form.validate_on_submit():
        try:
            listed = need.preview_invitations(form.text, current_app.config["COUNCIL_LA_CODE"])
            sealed = ConfirmForm(formdata=None, sealed=seal(form.text, listed.digest()))
            return render_template("admin/invite_preview.html", listed=listed, form=sealed)
        except BadFile as refused:
            form.file.errors = [refused.message]
    return render_template("admin/invite.html", form=form, headings=rules.HEADINGS)


@bp.post("/invite/confirm")
@requires(Permission.INVITE_SCHOOLS)
def confirm() -> AnyResponse:
    text, digest = unseal(ConfirmForm().sealed.data)
    done = inviting.invite_schools(text, current_app.config["COUNCIL_LA_CODE"], seen=digest, by=actor())
    db.session.commit()
    flash(f"{count_of(len(done.added), 'headteacher')} invited.", "success")
    return redirect(url_for(".invitations"))


@bp.get("/invite/template.csv")
@requires(Permission.INVITE_SCHOOLS)
def template() -> Response:
    return csv_response("invite-schools-template.csv", rules.HEADINGS, [EXAMPLE])
