"""The road in acts, each one sentence of what a school and the council do together."""

from pathlib import Path as Folder

from eoi.rules.questions.types import Kind
from eoi.rules.words import Step
from tests.browser.walk import Walk
from tests.browser.walk_cast import MEMBERS, NOTE, PROPOSED, Council
from tests.browser.walk_pens import Pen
from tests.browser.walk_school import FORM, School
from tests.outbound import reading

MAILS = {"return": "we need something from you", "clarify": "a question to answer"}
DECIDING = "Decision being made"


def enter(school: School, pen: Pen) -> None:
    """From the start page through the sign-in page, with this pen, to the start page again."""
    school.open("/")
    school.picture("start")
    school.press("Sign in")
    school.sign_in(pen)
    school.open("/")


def look_back(school: School) -> None:
    """What was typed, on its page and with all the rest."""
    school.picture("check-answers")
    school.open(f"{school.home}/need")
    school.picture("section")


def send(walk: Walk, school: School) -> None:
    """The declaration submits; a mail tells that it has come, and the school's copy is printed."""
    school.open(f"{school.home}/check")
    assert school.submit() == "EOI-2026-0001"
    school.picture("confirmation")
    school.press("See where it stands")
    assert school.reads == "Submitted"
    walk.later("2026-11-26 10:00")
    school.follow_mail("We have your expression of interest")
    assert "EOI-2026-0001" in reading.text(school.fetch_link("Your copy as a PDF"))
    school.press("Read your answers")


def check(walk: Walk, school: School, council: Council) -> None:
    """The officer begins the check before the round closes, and says why."""
    council.olu.open("/review")
    council.olu.move("start_early", school.reference)


def ask(walk: Walk, school: School, council: Council, action: str, question: str, text: str) -> None:
    """The council asks about one answer, and the school changes it."""
    council.olu.ask(school.reference, action, question, text)
    walk.post.deliver()
    school.follow_mail(MAILS[action])
    school.press("Answer")
    school.sees(text)
    _, asked = FORM.question(question)
    assert asked.kind is Kind.TEXT
    school.change(question, "We have looked again, and say it more plainly now.", "Thank you for asking.")
    council.olu.case(school.reference)
    council.olu.press("Review")
    council.olu.sees("We have looked again, and say it more plainly now.")


def shortlist(walk: Walk, school: School, council: Council) -> None:
    """The officer shortlists; the school sends the detail with its documents."""
    council.olu.move("shortlist", school.reference, officer_note=NOTE)
    walk.later("2026-12-08 14:00")
    school.follow_mail("is shortlisted")
    school.press("Go to the detail")
    school.fill(Step.DETAIL, "partner_letter")
    school.press("Send the detail")
    assert school.reads == "Detail sent"


def assess(walk: Walk, school: School, council: Council) -> None:
    """Three score alone and lock; the area education officer visits."""
    council.assign(school.reference)
    walk.later("2026-12-10 09:30")
    school.follow_mail("We have your detail")
    council.score(school)
    council.olu.move("visit", school.reference)
    walk.later("2026-12-15 16:00")
    council.aisha.move("visited", school.reference)


def recommend(walk: Walk, school: School, council: Council, outcome: str) -> None:
    """The panel meets and recommends."""
    walk.later("2027-01-12 11:00")
    conditions = PROPOSED if outcome == "approved_with_conditions" else None
    council.cleo.move(
        "recommend", school.reference, members=MEMBERS, recommendation=outcome, rank=1, conditions=conditions
    )
    walk.later("2027-01-14 15:00")


def look_around(walk: Walk, school: School, council: Council) -> None:
    """The officer's day: the dashboard, the list, one case."""
    if walk.lookout.pictures:
        walk.neighbours()
    olu = council.olu
    olu.open("/review")
    olu.picture("dashboard")
    olu.press("Submissions")
    olu.picture("list")
    olu.press(school.called)
    olu.picture("case")


def tell(walk: Walk, school: School, council: Council, outcome: str, folder: Folder) -> tuple[str, str]:
    """The decision is recorded; its letter is previewed, issued, mailed and read. The words of letter and summary.

    Until then the school reads that the decision is being made, and finds no letter.
    """
    harriet = council.harriet
    harriet.record()
    walk.later("2027-01-15 09:00")
    school.open(school.home)
    assert school.reads == DECIDING
    before = school.letters
    number = f"{school.reference}/L{len(before) + 1}"
    council.olu.hand_over(number)
    draft = harriet.preview(number)
    assert "Draft" in reading.text(draft)
    harriet.issue()
    walk.post.deliver()
    letter = school.fetch(walk.post.link(school.email, "A letter about"))
    school.open(school.home)
    assert school.reads == outcome
    (link,) = set(school.letters) - set(before)
    assert school.fetch(link) == letter
    council.olu.case(school.reference)
    summary = council.olu.fetch_link("Officers’ summary (PDF)")
    council.olu.read_all(school.reference)
    for paper in (letter, summary):
        assert reading.errors(paper, folder) == []
    assert reading.pages(summary) == 2
    walk.lookout.picture_of_paper(letter, "letter")
    walk.lookout.picture_of_paper(summary, "summary")
    return reading.text(letter), reading.text(summary)
