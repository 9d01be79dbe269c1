"""After the decision letter: the school says that it wishes to proceed, asks for a call or for a review of process."""

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.rules.errors import Invalid, NotFound
from eoi.rules.permissions import Permission
from eoi.rules.talking import GROUND_LABELS, Ground, Wish
from eoi.web import refusals
from eoi.web.access import actor, find_submission, requires
from eoi.web.apply.blueprint import bp
from eoi.web.fields import RadiosField, TextField, choice
from eoi.web.forms import Form
from eoi.workflow import wishes


class WishForm(Form):
    """The two last belong to one wish each; the verb says what is missing."""

    text = TextField("", words=300)
    ground = RadiosField("What went wrong?", choices=[choice(one, GROUND_LABELS[one]) for one in Ground])


DONE = {
    Wish.PROCEED: "We know that you wish to proceed.",
    Wish.CALL: "We know that you would like a call. An officer gets in touch.",
    Wish.REVIEW: "We have your request for a review of process.",
}
LABELS = {
    Wish.PROCEED: "Is there anything that we should know? (optional)",
    Wish.CALL: "When can we call, and whom?",
    Wish.REVIEW: "What happened?",
}


@bp.route("/<public_id>/tell/<any('proceed', 'call', 'review'):wish>", methods=["GET", "POST"])
@requires(Permission.ANSWER)
def wish(public_id: str, wish: str) -> str | Response | tuple[str, int]:
    which = Wish(wish)
    submission = find_submission(public_id, Permission.ANSWER if which is Wish.CALL else Permission.SUBMIT)
    offer = next((one for one in wishes.offers(submission) if one.wish is which), None)
    if offer is None:
        raise NotFound
    form = WishForm()
    form.text.label.text = LABELS[which]
    if form.validate_on_submit():
        ground = Ground(form.ground.data) if which is Wish.REVIEW and form.ground.data else None
        try:
            wishes.ask(submission, which, form.text.data, ground, by=actor())
            db.session.commit()
        except Invalid as invalid:
            refusals.show(invalid, form)
        else:
            flash(DONE[which], "success")
            return redirect(url_for(".show", public_id=public_id))
    drawn = render_template(
        "apply/wish.html", submission=submission, wish=which, offer=offer, form=form,
        decider=current_app.config["COUNCIL_SIGNATORY_ROLE"],
    )  # fmt: skip
    return (drawn, 422) if form.errors else drawn
