"""Decision records for property tests: letters of every outcome with any believable facts."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from eoi.rules.papers import Approval, Deferral, LetterPaper, Review
from eoi.rules.papers.kinds import OUTCOMES
from eoi.rules.words import Need, Path, Phase
from tests.outbound import examples
from tests.outbound.example_bodies import CONDITIONS

DAY = date(2026, 11, 24)


@st.composite
def papers(draw: st.DrawFn) -> LetterPaper:
    """A letter as it is drafted from some decision."""
    path = draw(st.sampled_from(list(Path)))
    paper = examples.letter(
        draw(st.sampled_from(sorted(OUTCOMES))), path, academy=draw(st.booleans()), long=draw(st.booleans())
    )
    places = draw(st.integers(2, 60))
    steps = sorted(draw(st.lists(st.integers(1, places), max_size=3)))
    offer = replace(
        paper.offer,
        need=draw(st.sampled_from(list(Need))),
        phase=draw(st.sampled_from(list(Phase))),
        places=places,
        opening=draw(st.dates(date(2027, 2, 1), date(2029, 9, 1))).replace(day=1) if draw(st.booleans()) else None,
        build_up=(*steps, places) if steps else (),
    )
    received = DAY - timedelta(days=draw(st.integers(10, 200)))
    review = Review(DAY + timedelta(days=draw(st.integers(10, 20))), "the Director of Education", "d@council.example")
    return replace(paper, offer=offer, received_on=received, review=review, body=_dated(draw, paper))


def _dated(draw, paper):
    body, after = paper.body, st.integers(5, 300)
    if isinstance(body, Approval):
        count = draw(st.integers(1, 3)) if body.conditions else 0
        conditions = tuple(replace(c, due_on=DAY + timedelta(days=draw(after))) for c in CONDITIONS[:count])
        lapses = max((c.due_on for c in conditions), default=None)
        return replace(body, conditions=conditions, lapses_on=lapses, needed_by=DAY + timedelta(days=draw(after)))
    if isinstance(body, Deferral):
        return replace(body, review_on=DAY + timedelta(days=draw(after)))
    return body
