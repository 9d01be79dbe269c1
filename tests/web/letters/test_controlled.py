"""The pages around a letter: hand-over, guard, wording, release, ends, signature, check by anybody, conditions."""

import io
import zipfile

import pytest
from PIL import Image

from eoi import jobs
from eoi.models import Pen
from eoi.queries import review
from eoi.rules.papers import LetterKind
from eoi.rules.stages import Stage
from eoi.rules.statutory import Route
from eoi.rules.wording import shipped
from tests.outbound import reading
from tests.outbound.test_documents import pdf
from tests.web.review.browsing import at, send


def draft_of(submission):
    return review.letters(submission)[-1]


@pytest.fixture
def submission(cases):
    return cases.at(Stage.DECLINED)


@pytest.fixture
def path(submission):
    return at(submission, f"/letters/{draft_of(submission).public_id}")


def test_officer_hands_over_what_the_guard_lets_through(as_, db, submission, path):
    olu = as_("olu")
    version = str(draft_of(submission).version)
    page = olu.follow(send(olu, path, {"version": version, "paragraph": "We liked the 99 places."})).text
    assert "A number is not in the record" in page
    assert "We liked the <mark>99</mark> places." in page
    seen = {"version": str(draft_of(submission).version)}
    assert "“99”" in olu.post(f"{path}/hand-over", seen, status=422, check=False).text
    key = "number|paragraph|99"
    assert "99" in olu.get(f"{path}/overrule").text
    send(olu, f"{path}/overrule", {**seen, "finding": key, "reason": "The hall seats 99."})
    db.session.expire_all()
    send(olu, f"{path}/hand-over", {"version": str(draft_of(submission).version)})
    assert "The hall seats 99." in olu.get(path).text


def test_wording_is_tried_on_a_case_and_kept(as_, submission, path):
    olu = as_("olu")
    assert "As it ships" in olu.get("/letters/wording").text
    page = "/letters/wording/autumn-2026/declined/proposal"
    text = "{{ ''.__class__ }}"
    assert "There is no such field" in olu.post(page, {"version": "1", "text": text}, status=200).text
    text = shipped.text(LetterKind.DECLINED, Route.PROPOSAL)
    fresh = text.replace("We have decided to decline it.", "After thought we decline it.")
    tried = send(olu, page, {"version": "1", "text": fresh, "case": submission.reference, "then": "try"}, 200)
    assert "After thought we decline it." in tried.text
    assert "Hopefield Primary School" in tried.text
    send(olu, page, {"version": "1", "text": fresh})
    assert "After thought we decline it." in olu.get(path).text
    as_("cleo").get(page, status=403)


def test_letters_of_a_round_go_together_and_are_listed(as_, db, submission):
    harriet, letter = as_("harriet"), draft_of(submission)
    form = {"version": "0", "letter": letter.public_id, f"version-{letter.public_id}": str(letter.version)}
    assert "Hopefield Primary School" in harriet.get("/letters/release/autumn-2026").text
    progress = send(harriet, "/letters/release/autumn-2026", form).location
    assert "0 of 1" in harriet.get(progress).text
    jobs.drain()
    assert "1 of 1" in harriet.get(progress).text
    assert "Declined" in harriet.get("/letters/rounds/autumn-2026").text
    packed = harriet.get("/letters/rounds/autumn-2026/letters.zip", check=False).data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["EOI-2026-0001 letter L1.pdf"]
        letter_pdf = archive.read("EOI-2026-0001 letter L1.pdf")
    for content, answer in ((letter_pdf, "Yes."), (letter_pdf + b" ", "No.")):
        file = {"number": "EOI-2026-0001/L1", "file": (io.BytesIO(content), "letter.pdf")}
        assert answer in as_("sam").post("/letters/verify", file, status=200).text


def test_check_by_anybody_is_throttled_and_tells_nothing(client):
    for number in range(31):
        file = {"number": "EOI-2026-9999/L1", "file": (io.BytesIO(b"%PDF"), "letter.pdf")}
        answer = client.post("/letters/verify", data=file)
        assert ("No." in answer.text) is (number < 30)
    assert answer.status_code == 429


def test_withdrawn_letter_is_marked_for_the_school_and_its_bytes_stay(as_, db, submission, path):
    harriet, alice = as_("harriet"), as_("alice")
    send(harriet, f"{path}/issue", {"version": str(draft_of(submission).version)})
    public = f"/apply/{submission.public_id}"
    before = alice.get(f"{public}/letters/{draft_of(submission).public_id}", check=False).data
    form = {"version": str(draft_of(submission).version), "how": "withdraw", "reason": "The wrong date."}
    send(harriet, f"{path}/end", form)
    assert "Withdrawn" in alice.get(public).text
    assert alice.get(f"{public}/letters/{draft_of(submission).public_id}", check=False).data == before
    assert "The wrong date." in harriet.get(path).text
    assert "own marks" not in reading.text(alice.get(f"{public}/feedback.pdf", check=False).data).lower()[:50]


def drawn():
    """A picture of a line of ink."""
    picture = io.BytesIO()
    Image.new("RGBA", (300, 90), "navy").save(picture, "PNG")
    picture.seek(0)
    return picture


def test_signature_stands_on_the_issued_letter_only(as_, app, db, people, submission, path):
    harriet = as_("harriet")
    plain = len(harriet.get(f"{path}/preview.pdf", check=False).data)
    send(harriet, "/letters/signature", {"file": (drawn(), "pen.png")})
    assert db.session.get(Pen, people.harriet.id)
    assert "Your signature as it is kept" in harriet.get("/letters/signature").text
    as_("olu").get("/letters/signature", status=403)
    assert len(harriet.get(f"{path}/preview.pdf", check=False).data) == plain
    send(harriet, f"{path}/issue", {"version": str(draft_of(submission).version)})
    assert b"/Image" in harriet.get(f"{path}/letter.pdf", check=False).data
    bad = {"file": (io.BytesIO(b"<svg/>"), "pen.png")}
    assert "not a PNG or JPEG" in harriet.post("/letters/signature", bad, status=200).text


def test_school_sends_evidence_and_the_board_shows_it(as_, cases):
    submission = cases.at(Stage.PRE_STATUTORY)
    alice, page = as_("alice"), f"/apply/{submission.public_id}/conditions"
    assert "Condition 1" in alice.get(page).text
    file = {"file-1": (io.BytesIO(pdf()), "Minute.pdf")}
    assert "Confirm that the files hold no pupil data" in alice.post(f"{page}/1", file, status=200).text
    file = {"file-1": (io.BytesIO(pdf()), "Minute.pdf"), "file-1-no-pupil-data": "y"}
    send(alice, f"{page}/1", file)
    assert "Minute.pdf" in alice.get(page).text
    aisha = as_("aisha")
    assert "Minute.pdf" in aisha.get("/review/conditions").text
    form = {"version": str(submission.version), "reason": "It is not signed."}
    send(aisha, at(submission, "/conditions/1/not-met"), form)
    assert "It is not signed." in alice.get(page).text
