"""The council's people together, and what they say on every road."""

from dataclasses import dataclass

from tests.browser.walk import NAMES, Walk
from tests.browser.walk_council import Head, Officer, Scorer
from tests.browser.walk_school import School

SCORERS = ("priya", "pete", "pam")
MARKS = ([3, 3, 2, 3, 3, 2, 3], [4, 3, 3, 3, 2, 3, 3], [3, 3, 3, 2, 3, 3, 2])
COMMENTS = (
    "The district’s gap is here, and pupils could come on foot from two feeder schools.",
    "Attendance and progress of pupils with SEN are evidenced over three years.",
    "The day moves between base and class. Say more about lunch and clubs.",
    "Strong leadership. The teacher in charge is still to be appointed.",
    "Two quiet rooms with their own door. The hygiene room has to be built.",
    "Realistic dates, if estates agree the rooms by the spring.",
    "Good value while one class opens first.",
)
NOTE = "Complete. The rooms are ready to be seen, and the schools nearby support the offer."
PROPOSED = "Appoint a teacher in charge who holds QTS, and agree the rooms with Estates."
MEMBERS = [
    {"name": "Cleo Bennett", "role": "Chair, head of inclusion", "voice": "sen"},
    {"name": "Pete Holloway", "role": "Estates manager", "voice": "estates"},
    {"name": "Pam Siddiqui", "role": "Finance partner", "voice": "finance"},
]
#: What the Head of SEN writes whatever the outcome; and the conditions of one.
DECISION = {
    "strengths": "Your inclusion record is strong and evidenced.\nYour rooms suit the need with little work.",
    "needed": "Your reply that you wish to proceed",
    "needed_by": "2027-02-12",
    "equality": "Pupils with disabilities gain places near home. No group is affected more than others.",
}
CONDITIONAL = {
    "outcome": "approved_with_conditions",
    "conditions": [
        {"text": "Appoint a teacher in charge who holds QTS", "evidence": "Letter of appointment",
         "owner": "Headteacher", "due": "2027-06-30"},
        {"text": "Agree the rooms with Estates", "evidence": "Signed plan", "owner": "Business manager",
         "due": "2027-04-30"},
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Council:
    """Everybody at the council who has a part on the road."""

    olu: Officer
    aisha: Officer
    cleo: Officer
    harriet: Head
    scorers: tuple[Scorer, ...]

    @classmethod
    def of(cls, walk: Walk) -> "Council":
        olu, aisha, cleo = (Officer(walk, name) for name in ("olu", "aisha", "cleo"))
        return cls(olu, aisha, cleo, Head(walk, "harriet"), tuple(Scorer(walk, name) for name in SCORERS))

    def assign(self, reference: str) -> None:
        self.olu.assign(reference, NAMES["olu"], [NAMES[name] for name in SCORERS])

    def score(self, school: School) -> None:
        """Each alone: declare, score every criterion, lock."""
        for scorer, marks in zip(self.scorers, MARKS, strict=True):
            scorer.declare_none(school.called)
            scorer.score(marks, COMMENTS)
            scorer.picture("scoring", height=1150)
            scorer.lock()
