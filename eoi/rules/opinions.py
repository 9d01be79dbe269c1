"""Expert opinions on a case: who is asked, what they may read, and what they can say (domain §8, stage 6).

Estates, Finance and experts answer by link, without an account. An opinion is advice to the panel and the Head of SEN.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from eoi.rules.foi import MARKED
from eoi.rules.showing import reaches_somebody

REMIND_BEFORE = (5, 1)  # working days before an opinion is due
USUAL = 10  # working days that an expert gets
LONGEST = 60  # days ahead that an opinion may be due
MOST_WORDS = 400


class Expert(StrEnum):
    """Whose opinion a council asks for before a panel meets."""

    FINANCE = "finance"
    ESTATES = "estates"
    PSYCHOLOGY = "psychology"
    FORUM = "forum"


EXPERTS = {
    Expert.FINANCE: "Finance",
    Expert.ESTATES: "Estates",
    Expert.PSYCHOLOGY: "Educational psychology",
    Expert.FORUM: "Parent carer forum",
}
#: What the page of the link suggests that each looks at; the officer's own question stands before it.
LOOK_AT = {
    Expert.FINANCE: "The cost of each place, the revenue against place funding, and how fast the places fill",
    Expert.ESTATES: "Whether the rooms suit the need, access and drop-off, and what works would cost and take",
    Expert.PSYCHOLOGY: "Whether the approach, the staffing and the setting suit pupils with this need",
    Expert.FORUM: "What families would make of the place, the journey, and how pupils share in school life",
}


class View(StrEnum):
    """What an opinion comes to."""

    SUPPORTS = "supports"
    CHANGES = "changes"
    CONCERNS = "concerns"
    CANNOT_SAY = "cannot_say"


VIEWS = {
    View.SUPPORTS: "I support it as it is",
    View.CHANGES: "I support it, with changes",
    View.CONCERNS: "I have serious concerns",
    View.CANNOT_SAY: "I cannot say from what I have read",
}


class Shared(StrEnum):
    """Who reads an opinion."""

    PANEL = "panel"
    OFFICERS = "officers"


SHARING = {
    Shared.PANEL: "Shared with the panel",
    Shared.OFFICERS: "Confidential: officers and the Head of SEN only",
}


def readable(sections: Sequence[Mapping[str, Any]], expert: Expert) -> list[dict[str, Any]]:
    """The frozen sections that this expert reads: never how to reach the people of the school.

    The forum is no part of the council: what the school marked as sensitive is left out for it.
    """
    hidden = _marked(sections) if expert is Expert.FORUM else frozenset()
    found = []
    for section in sections:
        questions = [q for q in section["questions"] if not reaches_somebody(q["key"])]
        if questions and section["key"] not in hidden:
            found.append({**section, "questions": questions})
    return found


def _marked(sections: Sequence[Mapping[str, Any]]) -> Collection[str]:
    answers = {q["key"]: q["value"] for section in sections for q in section["questions"]}
    parts = answers.get("sensitive_parts") or []
    return frozenset().union({"disclosure"}, *(MARKED.get(part, frozenset()) for part in parts))
