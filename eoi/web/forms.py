"""The form that every form of the pages is."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict


class Form(FlaskForm):
    """Takes what was posted, and only as a form: a field that was not sent is empty, also where none was sent at all.

    (Flask-WTF would read JSON, whose numbers and lists no field expects, and take an empty post for a first look.)
    """

    def __init__(self, formdata: Any = ..., **kwargs: Any) -> None:
        if formdata is ...:
            formdata = CombinedMultiDict((request.files, request.form)) if request.method == "POST" else None
        super().__init__(formdata=formdata, **kwargs)
