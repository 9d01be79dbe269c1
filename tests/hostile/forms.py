"""The honest form of a page, read from its HTML and filled in; and the same form sent wrong, one way at a time."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from werkzeug.datastructures import MultiDict

from tests.pages import parse

Pairs = list[tuple[str, str]]
CONTROL = re.compile("version.*|seen|sealed|step|then|told|csrf_token")
HALF_A_PAIR = "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")
#: What no field expects: wrong types and bounds, odd Unicode, markup, and text that is too long.
ODD = (
    *("", " ", "\x00", "abc", "NaN", "1e999", "-1", "0", "0.5", "9" * 31, "31", "99999", "true", "' OR 1=1 --"),
    *("../../etc/passwd", "<script>alert(1)</script>", "{{ 7*7 }}", "word " * 3000, "x" * 5000),
    *("\u202edrowssap", "e\u0301\u0301\U0001f469\u200d\U0001f3eb", "\ufffe", HALF_A_PAIR, "a\r\nBcc: b@example.org"),
)
VERSIONS = ("", "-1", "0", "abc", "999999", "9" * 40, "1.0")
#: Dates that are none: day, month, year.
DATES = (("31", "2", "2027"), ("0", "13", "2027"), ("1", "1", "0"), ("1", "1", "99999"), ("x", "\u0662", "-1"))
GUESSES = {"-day": "15", "-month": "1", "-year": "2027"}


@dataclass(frozen=True)
class Box:
    """One field of a form: what kind of input, and what an honest person puts in."""

    name: str
    kind: str
    value: str


def boxes_of(html: str, path: str) -> list[Box]:
    """The fields of the page's form that posts to `path`, filled in; [] where there is none."""
    document, _ = parse(html)
    forms = [one for one in document.iter("form") if one.get("method", "get").lower() == "post"]
    aimed = [one for one in forms if (one.get("action") or path).partition("?")[0] == path.partition("?")[0]]
    found: dict[str, Box] = {}
    for element in aimed[0].iter() if aimed else ():
        if element.get("name", "csrf_token") != "csrf_token" and element.tag in ("input", "select", "textarea"):
            box = _box(element, str(element.get("name")))
            found.setdefault(box.name, box)
    return list(found.values())


def _box(element: Element, name: str) -> Box:
    kind, value = element.get("type", "text"), element.get("value") or ""
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] + options
        return Box(name, "select", next((v for o in chosen if (v := o.get("value"))), ""))
    if element.tag == "textarea":
        return Box(name, "text", "".join(element.itertext()).strip() or "Words of the examples.")
    return Box(name, kind, value or ("" if kind in ("hidden", "radio", "checkbox") else _guess(element, name)))


def _guess(element: Element, name: str) -> str:
    for end, value in GUESSES.items():
        if name.endswith(end):
            return value
    if "email" in (element.get("type"), name.rpartition("_")[2]):
        return "nora@example.org"
    return "12" if element.get("inputmode") in ("numeric", "decimal") else "Words of the examples"


def honest(boxes: list[Box], filled: Mapping[str, str | None]) -> Pairs:
    """The form as it should be sent, files left out. `filled` overrides: None leaves a field out."""
    pairs = {box.name: box.value for box in boxes if box.kind != "file"} | dict(filled)
    return [(name, value) for name, value in pairs.items() if value is not None]


def wrong(boxes: list[Box], right: Pairs, alike: str) -> Iterator[tuple[str, Pairs]]:
    """The form sent wrong, each with what is wrong with it. Of what `alike` matches, the first stands for all."""
    kinds = {box.name: box.kind for box in boxes}
    free = [name for name, _ in right if not CONTROL.fullmatch(name)]
    yield "nothing", []
    yield "only what nobody asked", [("nobody_asked", "x"), ("__class__", "x"), ("id", "1"), ("stage", "open")]
    yield "more than was asked", [*right, ("stage", "open"), ("owner_id", "1"), ("urn", "900004"), ("public_id", "x")]
    for number, value in enumerate(ODD if free else ()):  # without a field, each would be the honest form again
        yield f"odd {number}", [(name, value if name in free else held) for name, held in right]
    for number, name in enumerate(_single(free, alike)):
        yield f"{name} missing", [pair for pair in right if pair[0] != name]
        yield f"{name} twice", [*right, (name, ODD[number % len(ODD)])]
        yield f"{name} odd", changed(right, name, ODD[(number * 7 + 3) % len(ODD)])
        if kinds.get(name) in ("radio", "select", "checkbox"):
            yield f"{name} forged", changed(right, name, "forged")
    days = [name[:-4] for name in free if name.endswith("-day")]
    for number, parts in enumerate(DATES if days else ()):
        dates = {f"{day}{part}": v for day in days for part, v in zip(GUESSES, parts, strict=True)}
        yield f"date {number}", [(name, dates.get(name, held)) for name, held in right]


def stale(right: Pairs) -> Iterator[tuple[str, Pairs]]:
    """The form with a version that is old, to come, or none."""
    for name in [name for name, _ in right if re.fullmatch("version.*|seen", name)][-1:]:
        for version in VERSIONS:
            yield f"{name} {version!r:.20}", changed(right, name, version)
        yield f"{name} missing", [pair for pair in right if pair[0] != name]


def changed(pairs: Pairs, name: str, value: str) -> Pairs:
    return [(key, value if key == name else held) for key, held in pairs]


def _single(names: list[str], alike: str) -> list[str]:
    """One name of each shape."""
    shapes: dict[str, str] = {}
    for name in names:
        shapes.setdefault(re.sub("[0-9]+", "#", re.sub(alike, "#", name) if alike else name), name)
    return list(shapes.values())


def body(pairs: Pairs, file: tuple[str, str, bytes] | None = None) -> MultiDict[str, object]:
    """What the client sends. A fresh file each time, since sending closes it."""
    sent: MultiDict[str, object] = MultiDict(pairs)
    if file:
        field, name, content = file
        sent.add(field, (io.BytesIO(content), name))
    return sent
