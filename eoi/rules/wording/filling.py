"""A template filled from a letter's paper. Nothing is evaluated: a field is looked up by its name."""

from dataclasses import dataclass

from eoi.rules.papers import LetterKind, LetterPaper
from eoi.rules.wording import shipped
from eoi.rules.wording.fields import INLINE, Field
from eoi.rules.wording.markup import Block, Heading, Line, Listing, Mistake, Paragraph, Whole, field_names, mistakes
from eoi.rules.wording.markup import parse as parsed
from eoi.rules.wording.shapes import Items, Piece, Shape, Text, Title
from eoi.rules.wording.wholes import CLOSING, OWN, WHOLE

FIELDS: dict[str, Field] = {**INLINE, **WHOLE}
#: What a letter of this kind cannot leave out: the outcome would be told without its reason, or its law.
MUST_NAME: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.APPROVED: ("offer", "decided by", "steps in law", "needed by", "contact"),
    LetterKind.CONDITIONS: ("offer", "conditions", "lapses on", "decided by", "steps in law", "needed by", "contact"),
    LetterKind.DECLINED: ("offer", "strengths", "shortfalls", "call by", "review by", "contact"),
    LetterKind.DEFERRED: ("offer", "why deferred", "looked at again on", "contact"),
    LetterKind.INELIGIBLE: ("checks not met", "review by", "contact"),
    LetterKind.NOT_SHORTLISTED: ("shortfalls", "call by", "review by", "contact"),
    LetterKind.RETURNED: ("questions", "reply by"),
    LetterKind.CLARIFICATION: ("questions", "reply by"),
    LetterKind.DISCHARGED: ("conditions met",),
    LetterKind.LAPSED: ("conditions not met", "lapsed on"),
    LetterKind.PROCESS_REVIEW: ("result of the review", "what the review found"),
    LetterKind.FEEDBACK: ("own marks",),
}
NOT_THE_DECISION = "not the statutory decision"


@dataclass(frozen=True, slots=True)
class Filled:
    """The letter's body, block by block, and the fields that should hold something and are empty."""

    shapes: tuple[Shape, ...]
    empty: tuple[str, ...] = ()


def fields_of(kind: LetterKind) -> dict[str, Field]:
    """The fields that a template of this kind may name."""
    return {name: field for name, field in FIELDS.items() if kind in field.kinds}


def wrong(text: str, kind: LetterKind) -> list[Mistake]:
    """All that is wrong with a template of this kind: its markup, its fields, what it leaves out."""
    found = mistakes(text)
    for name in dict.fromkeys(field_names(text)):
        if name not in FIELDS:
            found.append(Mistake("There is no such field", name[:60]))
        elif kind not in FIELDS[name].kinds:
            found.append(Mistake("This field does not belong in this letter", name))
    found += [Mistake("This field stands on a line of its own", name) for name in _inside(text) if name in WHOLE]
    for name in (OWN, CLOSING):
        if field_names(text).count(name) > 1:
            found.append(Mistake("This field can stand once", name))
    missing = [name for name in MUST_NAME.get(kind, ()) if name not in field_names(text)]
    found += [Mistake("This letter needs this field", name) for name in missing]
    approval = kind in (LetterKind.APPROVED, LetterKind.CONDITIONS)
    if approval and NOT_THE_DECISION not in " ".join(text.split()).lower():
        found.append(Mistake("An approval says in these words that it is", NOT_THE_DECISION))
    return found


def template_of(paper: LetterPaper) -> str:
    """The wording of this letter: frozen with it, or what ships."""
    return paper.template or shipped.text(paper.kind, paper.route.route)


def fill(paper: LetterPaper) -> Filled:
    """The body of the letter. Unknown fields are kept as empty ones; no paper makes this raise."""
    empty: list[str] = []
    parts: list[list[Shape]] = [[]]  # a heading begins a part
    for block in parsed(template_of(paper)):
        if isinstance(block, Heading):
            parts.append([])
        parts[-1] += _filled(block, paper, empty)
    whole = [part for part in parts if part and not (len(part) == 1 and isinstance(part[0], Title))]
    return Filled(tuple(shape for part in whole for shape in part), tuple(dict.fromkeys(empty)))


def _filled(block: Block, paper: LetterPaper, empty: list[str]) -> list[Shape]:
    if isinstance(block, Whole):
        return _standing_alone(block.name, paper, empty)
    if isinstance(block, Listing):
        lines = [line for item in block.items if (line := _line(item, paper, empty))]
        return [Items(tuple(lines), block.numbered)] if lines else []
    line = _line(block.runs, paper, empty)
    if not line:
        return []
    return [Title(line) if isinstance(block, Heading) else Text(line)]


def _standing_alone(name: str, paper: LetterPaper, empty: list[str]) -> list[Shape]:
    field = _field(name, paper)
    value = field.value(paper) if field else ()
    if isinstance(value, str):
        return [Text((Piece(value, fact=True),))] if value else _nothing(name, field, empty)
    return list(value) if value else _nothing(name, field, empty)


def _nothing(name: str, field: Field | None, empty: list[str]) -> list[Shape]:
    if field is None or not field.optional:
        empty.append(name)
    return []


def _line(runs: Line, paper: LetterPaper, empty: list[str]) -> tuple[Piece, ...]:
    """The line with its facts in it; nothing where a field that may be empty is."""
    pieces: list[Piece] = []
    for run in runs:
        if not run.field:
            pieces.append(Piece(run.text, bold=run.bold))
            continue
        field = _field(run.text, paper)
        value = field.value(paper) if field else ""
        if isinstance(value, str) and value:
            pieces.append(Piece(value, fact=True, bold=run.bold))
        elif field and field.optional:
            return ()
        else:
            empty.append(run.text)
    return tuple(pieces)


def _field(name: str, paper: LetterPaper) -> Field | None:
    field = FIELDS.get(name)
    return field if field and paper.kind in field.kinds else None


def _inside(text: str) -> set[str]:
    """The names of fields that stand inside a line."""
    lines: list[Line] = []
    for block in parsed(text):
        if isinstance(block, Heading | Paragraph):
            lines.append(block.runs)
        elif isinstance(block, Listing):
            lines += block.items
    return {run.text for line in lines for run in line if run.field}
