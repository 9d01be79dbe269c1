"""Inviting headteachers, many at once. The only writer of invitations; the accounts are `accounts.invite`'s."""

from eoi.extensions import db, now
from eoi.models.need import Invitation
from eoi.queries import need
from eoi.rules.errors import BadFile, MovedOn, NotAllowed
from eoi.rules.inviting import Invited
from eoi.rules.permissions import Actor, Permission, Role, may
from eoi.rules.sheets import Preview
from eoi.workflow import accounts, audit


def invite_schools(text: str, la_code: str, *, seen: str, by: Actor) -> Preview[Invited]:
    """Invite every headteacher that the CSV names and that was not invited before; the caller commits.

    `seen` is the digest of the preview that the officer confirmed. Each gets an account at the school and a mail with
    a link. Raises NotAllowed, BadFile, MovedOn where the list is no longer what was seen, Invalid of `accounts.invite`.
    """
    if not may(by, Permission.INVITE_SCHOOLS):
        raise NotAllowed
    listed = need.preview_invitations(text, la_code)
    if listed.digest() != seen:
        raise MovedOn("Somebody else invited some of these schools after you looked. Upload the file again.")
    if not listed.added:
        raise BadFile("The file names nobody to invite.")
    for one in listed.added:
        accounts.invite(one.email, one.headteacher, urn=one.urn, role=Role.HEADTEACHER, by=by, again=True)
        db.session.add(
            Invitation(urn=one.urn, headteacher=one.headteacher, email=one.email, sent_at=now(), sent_by=by.name)
        )
    audit.record("register", "schools invited", by=by, detail={"urns": [one.urn for one in listed.added]})
    return listed
