"""The forms that rounds may use, by name. Each is released for ever; a new one is a new folder beside `y2026`."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

from eoi.rules.questions.types import Form
from eoi.rules.questions.y2026 import FORM as Y2026

FORMS: dict[str, Form] = {Y2026.name: Y2026}


def form(name: str) -> Form:
    """The form of this name. Raises KeyError."""
    return FORMS[name]


def fingerprint(released: Form) -> str:
    """SHA-256 over all data of a form; functions count by their name. A test pins it for each released form."""
    text = json.dumps(_plain(released), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(thing: Any) -> Any:
    if is_dataclass(thing):
        return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, tuple):
        return [_plain(one) for one in thing]
    return thing.__qualname__ if callable(thing) else thing
