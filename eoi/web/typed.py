"""What arrives is bounded and cleaned once, before anything reads it: nothing meets a control character."""

import re

from flask import Flask, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, Map

# Most that a form of text may weigh. Files travel as multipart and have limits of their own (`MAX_CONTENT_LENGTH`).
MOST_TEXT = 2 * 1024 * 1024
MOST = 2**31 - 1  # of an id: PostgreSQL holds no more in an integer
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# Control characters but tab and line ends, half surrogate pairs, and code points that are no characters: HTML and
# PostgreSQL refuse them, and no keyboard makes them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def cleaned(pairs: MultiDict[str, str]) -> MultiDict[str, str]:
    """The same names and values, without what cannot be printed. Text of people passes unchanged."""
    if not any(UNPRINTABLE.search(part) for pair in pairs.items(multi=True) for part in pair):
        return pairs
    found = [(UNPRINTABLE.sub("", name), UNPRINTABLE.sub("", value)) for name, value in pairs.items(multi=True)]
    return ImmutableMultiDict(found)


def page_number() -> int:
    """The page of a list that the address asks for; 1 for junk."""
    return max(1, number_of(request.args.get("page", "")))


def number_of(typed: str) -> int:
    """A small whole number of an address; 0 for junk."""
    return int(typed) if re.fullmatch("[0-9]{1,6}", typed) else 0


class Number(IntegerConverter):
    """A number in an address: what no column can hold leads nowhere."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = MOST) -> None:
        super().__init__(map, fixed_digits, min, max)


def init_app(app: Flask) -> None:
    """To be called before the forgery check is set up, which is the first to read a form; and before any route."""
    app.url_map.converters["int"] = Number

    @app.before_request
    def bound_and_clean() -> None:
        if UNPRINTABLE.search(request.path):
            abort(404)
        if request.mimetype != "multipart/form-data":
            request.max_content_length = MOST_TEXT
        # Both are read once and kept in the request's own dictionary, which is where they are replaced.
        request.__dict__["args"] = cleaned(request.args)
        if request.mimetype in FORMS:  # other bodies are read by their own page, within its own limit
            request.__dict__["form"] = cleaned(request.form)
