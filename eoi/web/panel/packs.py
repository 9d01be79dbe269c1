"""The panel pack: asked for on the meeting's page, made in the background, read by whom it was made for."""

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eoi.extensions import db
from eoi.models import Pack
from eoi.queries import panel as queries
from eoi.rules.errors import NotFound, Refused
from eoi.rules.permissions import Permission
from eoi.web.access import actor, note_download, requires
from eoi.web.letters.files import sent, stored
from eoi.web.panel.blueprint import bp
from eoi.web.panel.meetings import find_meeting
from eoi.workflow import packs

VOID = "A case in this pack has closed to you since it was made. Ask for a new one."


@bp.post("/meetings/<int:meeting_id>/pack")
@requires(Permission.READ_CASE)
def ask_pack(meeting_id: int) -> Response:
    pack = packs.ask(find_meeting(meeting_id), by=actor())
    db.session.commit()
    flash("Your pack is being made. You get an email when it is ready.", "success")
    return redirect(url_for(".pack", pack_id=pack.public_id))


@bp.get("/packs/<pack_id>")
@requires(Permission.READ_CASE)
def pack(pack_id: str) -> str:
    """How far it is, and the way to it."""
    found = _find(pack_id)
    return render_template(
        "panel/pack.html", pack=found, void=found.key is not None and not packs.stands(found, by=actor())
    )


@bp.get("/packs/<pack_id>/pack.pdf")
@requires(Permission.READ_CASE)
def pack_pdf(pack_id: str) -> Response:
    found = _find(pack_id)
    if found.key is None:
        raise NotFound
    if not packs.stands(found, by=actor()):
        raise Refused(VOID)
    g.opened = found.cases
    note_download()
    return sent(stored(found.key), f"Panel pack {found.meeting.held_on.isoformat()}.pdf")


def _find(pack_id: str) -> Pack:
    found = queries.pack(pack_id, actor())
    if found is None:
        raise NotFound
    return found
