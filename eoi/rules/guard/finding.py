"""What the guard takes and finds."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What kind of disagreement it is."""

    EMPTY = "empty"
    TEMPLATE = "template"
    REASON = "reason"
    NUMBER = "number"
    DATE = "date"
    MONEY = "money"
    OUTCOME = "outcome"
    FACT = "fact"
    REFERENCE = "reference"
    SCHOOL = "school"
    INTERNAL = "internal"
    CLAIM = "claim"


TELLS = {
    Code.EMPTY: "A field of the letter is empty",
    Code.TEMPLATE: "The template has a mistake",
    Code.REASON: "A reason lacks its criterion",
    Code.NUMBER: "A number is not in the record",
    Code.DATE: "A date is not in the record",
    Code.MONEY: "A sum of money is not in the record",
    Code.OUTCOME: "A word tells another outcome",
    Code.FACT: "A word disagrees with the record",
    Code.REFERENCE: "A reference is not of this letter",
    Code.SCHOOL: "Another school is named",
    Code.INTERNAL: "Words of an internal note",
    Code.CLAIM: "It claims more than “approved to proceed”",
}
PLACES = {
    "paragraph": "Your own paragraph",
    "closing": "Your closing words",
    "letter": "The letter",
    "strengths": "Strengths",
    "needed": "What is needed",
    "helps": "What would help",
    "reasons": "Reasons",
    "conditions": "Conditions",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: where it stands, and the words from `start` to `end` of that text."""

    code: Code
    place: str
    words: str
    start: int = 0
    end: int = 0

    @property
    def key(self) -> str:
        """The same finding has the same key, wherever its words have moved to in their text."""
        return f"{self.code}|{self.place}|{' '.join(self.words.lower().split())}"

    @property
    def message(self) -> str:
        return TELLS[self.code]

    @property
    def where(self) -> str:
        return PLACES.get(self.place, self.place)


@dataclass(frozen=True, slots=True)
class Known:
    """What the guard is told beside the letter: notes that stay inside, and other schools by URN and name."""

    internal: tuple[str, ...] = ()
    schools: tuple[tuple[int, str], ...] = ()
