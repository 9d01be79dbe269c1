"""What a verb refused, shown at the fields that it named."""

from wtforms import Form

from eoi.extensions import db
from eoi.rules.errors import Invalid


def show(refused: Invalid, form: Form) -> None:
    """Undo what was begun and put each message at its field; the page is then drawn again with what was typed."""
    db.session.rollback()
    for name, message in refused.errors.items():
        form[name if name in form else next(iter(form._fields))].errors = [message]
