"""The fields that stand alone: lists, tables and paragraphs of the record, and the places for an officer's words."""

from collections.abc import Callable

from eoi.rules.papers import ConditionLine, LetterKind, LetterPaper, Query, Shortfall
from eoi.rules.papers.kinds import APPROVALS
from eoi.rules.papers.letters import Context
from eoi.rules.phrases import in_sentence, one_line, paragraphs, sentence
from eoi.rules.wording.fields import ALL, Field
from eoi.rules.wording.shapes import Piece, Shape, Table, Text, items
from eoi.rules.words import count_of, long_date

K = LetterKind
Shapes = tuple[Shape, ...]
OWN, CLOSING = "your words", "your closing words"
STANDS = "The outcome stands: your expression of interest is {}."
AFRESH = "The decision is to be made afresh. We will write to you again when it has been."


def _listed(name: str) -> Callable[[LetterPaper], Shapes]:
    return lambda paper: items(tuple(one_line(text) for text in getattr(paper.body, name)))


def _own(text: str) -> Shapes:
    return tuple(Text((Piece(part),), own=True) for part in paragraphs(text))


def _shortfalls(head: str) -> Callable[[LetterPaper], Shapes]:
    def value(paper: LetterPaper) -> Shapes:
        lines: tuple[Shortfall, ...] = paper.body.shortfalls  # type: ignore[union-attr]
        rows = tuple(((line.criterion,), _cell(line.reason)) for line in lines)
        return (Table((head, "Why"), (32, 0), rows),) if rows else ()

    return value


def _cell(text: str) -> tuple[str, ...]:
    return tuple(sentence(part) for part in paragraphs(text))


def _conditions(paper: LetterPaper) -> Shapes:
    lines: tuple[ConditionLine, ...] = paper.body.conditions  # type: ignore[union-attr]
    heads = ("No.", "Condition", "Evidence we need", "Who", "Due by")
    rows = tuple(
        ((str(number),), (c.text,), (c.evidence,), (c.owner,), (long_date(c.due_on),))
        for number, c in enumerate(lines, 1)
    )
    return (Table(heads, (7, 0, 26, 17, 17), rows),) if rows else ()


def _met(paper: LetterPaper) -> Shapes:
    lines: tuple[ConditionLine, ...] = paper.body.conditions  # type: ignore[union-attr]
    rows = tuple(
        ((str(number),), (c.text,), (long_date(c.met_on) if c.met_on else "",)) for number, c in enumerate(lines, 1)
    )
    return (Table(("No.", "Condition", "Met on"), (7, 0, 24), rows),) if rows else ()


def _unmet(paper: LetterPaper) -> Shapes:
    lines: tuple[ConditionLine, ...] = paper.body.conditions  # type: ignore[union-attr]
    rows = tuple(((c.text,), (c.evidence,), (long_date(c.due_on),)) for c in lines)
    return (Table(("Condition", "Evidence we needed", "Was due by"), (0, 32, 22), rows),) if rows else ()


def _next_steps(paper: LetterPaper) -> Shapes:
    steps = paper.body.next_steps  # type: ignore[union-attr]
    rows = tuple(((step.what,), (step.who,), (step.when,)) for step in steps)
    return (Table(("Step", "Who", "When"), (0, 30, 24), rows),) if rows else ()


def _queries(paper: LetterPaper) -> Shapes:
    queries: tuple[Query, ...] = paper.body.queries  # type: ignore[union-attr]
    rows = tuple(((f"{query.section}: {query.question}",), _cell(query.asked)) for query in queries)
    return (Table(("Question in your form", "What we need to know"), (38, 0), rows),) if rows else ()


def _marks(paper: LetterPaper) -> Shapes:
    marks = paper.body.marks  # type: ignore[union-attr]
    rows = tuple(
        (
            (mark.criterion,),
            (f"{mark.mark:.1f} of 4" if mark.mark is not None else "Not scored",),
            _cell(mark.reason) or ("Met",),
        )
        for mark in marks
    )
    return (Table(("What we looked at", "Your mark", "What we found"), (34, 18, 0), rows),) if rows else ()


def _road(paper: LetterPaper) -> Shapes:
    return items(tuple(step.text for step in paper.route.steps), numbered=True)


def _fact(text: str) -> Shapes:
    return (Text((Piece(text, fact=True),)),) if text else ()


def _round_as_a_whole(paper: LetterPaper) -> Shapes:
    context: Context | None = paper.body.context  # type: ignore[union-attr]
    said, offer = [], paper.offer
    if context and context.places_sought:
        kind = f"{in_sentence(offer.phase)}, {in_sentence(offer.need)}, {in_sentence(offer.path)}"
        said.append(f"We were looking for {count_of(context.places_sought, 'place')} of this kind: {kind}.")
    if context and context.received_shown:
        said.append(f"We received {count_of(context.received_shown, 'expression')} of interest for them.")
    return _fact(" ".join(said))


def _policy(paper: LetterPaper) -> Shapes:
    note = paper.body.policy_note  # type: ignore[union-attr]
    return _fact(f"The council’s policy for this round: {one_line(note)}") if note else ()


def _result(paper: LetterPaper) -> Shapes:
    body = paper.body
    return _fact(STANDS.format(body.outcome) if body.stands else AFRESH)  # type: ignore[union-attr]


def _why_lapsed(paper: LetterPaper) -> Shapes:
    return tuple(Text((Piece(part, fact=True),)) for part in paragraphs(paper.body.reason))  # type: ignore[union-attr]


def _one(label: str, value: Callable[[LetterPaper], Shapes], *kinds: LetterKind, optional: bool = False) -> Field:
    return Field(label, value, frozenset(kinds) or ALL, optional, whole=True)


_CALL = (K.DECLINED, K.NOT_SHORTLISTED)
_TOLD = (*_CALL, K.INELIGIBLE)
WHOLE: dict[str, Field] = {
    OWN: _one("The officer’s own words", lambda p: _own(p.paragraph), optional=True),
    CLOSING: _one("The officer’s own closing words", lambda p: _own(p.closing), optional=True),
    "strengths": _one("What was strong, as a list", _listed("strengths"), *APPROVALS, K.DECLINED),
    "strengths found": _one("What was strong, where something was noted", _listed("strengths"), K.NOT_SHORTLISTED,
                            K.FEEDBACK, optional=True),
    "steps in law": _one("The statutory steps, numbered", _road, *APPROVALS, optional=True),
    "conditions": _one("The table of conditions", _conditions, K.CONDITIONS),
    "conditions met": _one("The conditions and when each was met", _met, K.DISCHARGED),
    "conditions not met": _one("The conditions that were open", _unmet, K.LAPSED),
    "why it lapsed": _one("The reason on record", _why_lapsed, K.LAPSED),
    "next steps": _one("The table of next steps", _next_steps, *APPROVALS),
    "needed": _one("What the school is to send or do", _listed("needed"), *APPROVALS),
    "shortfalls": _one("Where it fell short, by criterion", _shortfalls("What we looked at"), *_CALL),
    "checks not met": _one("The checks that it does not meet", _shortfalls("Check"), K.INELIGIBLE),
    "what would help": _one("What would help another time", _listed("helps"), *_TOLD, K.FEEDBACK, optional=True),
    "round as a whole": _one("Places sought and expressions received, from 5 on", _round_as_a_whole, *_CALL,
                             optional=True),
    "policy": _one("The council’s policy for the strand", _policy, K.INELIGIBLE, optional=True),
    "why deferred": _one("Why the decision waits", _listed("reasons"), K.DEFERRED),
    "what the school does": _one("What the school is to do", _listed("school_actions"), K.DEFERRED, optional=True),
    "what the council does": _one("What the council does meanwhile", _listed("council_actions"), K.DEFERRED),
    "questions": _one("The questions asked, by answer", _queries, K.RETURNED, K.CLARIFICATION),
    "outstanding": _one("What is still missing", _listed("outstanding"), K.ACKNOWLEDGEMENT, optional=True),
    "what the review found": _one("The findings of the review", _listed("findings"), K.PROCESS_REVIEW),
    "result of the review": _one("Whether the outcome stands", _result, K.PROCESS_REVIEW),
    "own marks": _one("The school’s own marks", _marks, K.FEEDBACK),
}  # fmt: skip
