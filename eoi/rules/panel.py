"""How many have to judge a case: scorers, members of the panel, and who must be among them (domain §8 and §9)."""

from collections.abc import Iterable
from dataclasses import dataclass

#: Who the members of a panel speak for. One of the first two has to be there.
VOICES = (
    ("estates", "Estates"),
    ("finance", "Finance"),
    ("sen", "SEN"),
    ("school", "School organisation"),
    ("head", "Headteacher or parent carers"),
)
ASKED_FOR = frozenset({"estates", "finance"})


@dataclass(frozen=True, slots=True)
class Judges:
    """What a round asks of a case. `alone`: one assessor and the Head of SEN are enough, and no panel need meet."""

    scorers: int
    quorum: int
    alone: bool = False

    def missing(self, voices: Iterable[str]) -> str:
        """Why these members, by what they speak for, are no quorum; "" where they are one."""
        present = list(voices)
        if len(present) < self.quorum:
            return f"Enter at least {self.quorum} members: that is the quorum of this round"
        if not ASKED_FOR & set(present):
            return "Enter at least one member who speaks for estates or finance"
        return ""


def judges(scorers: int, quorum: int, *, one_assessor: bool, cases: int) -> Judges:
    """Of a round. One that allows it asks for one assessor only while one case is in it."""
    alone = one_assessor and cases == 1
    return Judges(1 if alone else scorers, quorum, alone)
