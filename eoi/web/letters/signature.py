"""The picture of a signature: the person's own, placed on the letters that they issue and nowhere else."""

from flask import Response, current_app, flash, redirect, render_template, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from eoi.extensions import db
from eoi.models import Pen
from eoi.outbound import files
from eoi.rules.errors import BadFile, NotFound
from eoi.rules.permissions import Permission
from eoi.web.access import actor, requires
from eoi.web.auth.confirm import recently_confirmed
from eoi.web.fields import FileField, Needed
from eoi.web.forms import Form
from eoi.web.letters.blueprint import bp
from eoi.web.letters.files import sent, stored
from eoi.workflow import preparing


class PenForm(Form):
    file = FileField("Picture of your signature", [Needed("Choose a picture")], accept=".png,.jpg,.jpeg")


@bp.route("/letters/signature", methods=["GET", "POST"])
@requires(Permission.ISSUE_LETTER)
@recently_confirmed
def signature() -> str | AnyResponse:
    """Keep or change it."""
    form = PenForm()
    if form.validate_on_submit():
        try:
            picture = preparing.drawn(_bytes_of(form.file.data))
        except BadFile as refused:
            form.file.errors = [refused.message]
        else:
            key = files.open_store(current_app.config["FILES_URL"]).put(picture)
            preparing.keep_signature(key, by=actor())
            db.session.commit()
            flash("Your signature is kept. It stands on the letters that you issue from now on.", "success")
            return redirect(url_for(".signature"))
    return render_template("letters/signature.html", form=form, pen=db.session.get(Pen, actor().id))


def _bytes_of(chosen: FileStorage | None) -> bytes:
    if chosen is None:
        raise BadFile("Choose a picture")
    with chosen.stream as stream:
        return stream.read(preparing.LARGEST + 1)


@bp.post("/letters/signature/remove")
@requires(Permission.ISSUE_LETTER)
@recently_confirmed
def remove_signature() -> AnyResponse:
    preparing.remove_signature(by=actor())
    db.session.commit()
    flash("Your signature is forgotten. Letters that bear it keep it.", "success")
    return redirect(url_for(".signature"))


@bp.get("/letters/signature.png")
@requires(Permission.ISSUE_LETTER)
def signature_picture() -> Response:
    """One's own, and nobody else's."""
    pen = db.session.get(Pen, actor().id)
    if pen is None:
        raise NotFound
    return sent(stored(pen.key), "signature.png", kind="image/png", inline=True)
