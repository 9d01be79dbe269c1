"""A letter's paper, from the decision, its reasons and conditions, the case and the settings.

A draft gives the letter as it would be issued today; an issued letter gives what was frozen with it.
"""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from eoi.extensions import bank_holidays
from eoi.models import Letter, Submission
from eoi.queries import drafts, review, wordings
from eoi.queries.papers import parts
from eoi.queries.papers.after import day_of
from eoi.queries.papers.bodies import body
from eoi.rules import workdays
from eoi.rules.papers import Addressee, LetterKind, LetterPaper, Review, thaw
from eoi.rules.papers.kinds import APPROVALS, OUTCOMES
from eoi.rules.talking import REVIEW_WITHIN
from eoi.rules.words import LONDON, Path


def letter(letter: Letter, template: str = "") -> LetterPaper:
    """What the letter says, in the wording of its round or in `template`.

    Raises KeyError where an issued letter was frozen as something else.
    """
    if letter.facts is not None:
        return thaw(LetterPaper, letter.facts)
    submission, answers = letter.submission, drafts.answers(letter.submission)
    kind, received = LetterKind(letter.kind), submission.submitted_at
    return LetterPaper(
        letterhead=parts.letterhead(),
        reference=submission.name,
        number=letter.number,
        version=letter.version,
        on=day_of(letter),
        addressee=_addressee(submission, answers),
        offer=parts.offer(submission, answers),
        round_name=parts.round_name(submission),
        received_on=received.astimezone(LONDON).date() if received else day_of(letter),
        academy=submission.changes_academy,
        contact=parts.contact(submission, _named_contact(submission) if kind in APPROVALS else ""),
        signatory=parts.signatory(letter.decision),
        body=body(letter, kind, answers),
        eoi_url=parts.on_site(f"/apply/{submission.public_id}"),
        copies=_copies(submission, answers),
        partner=submission.partner.name if submission.partner else "",
        linked=parts.linked(answers),
        host_is_academy=submission.school.facts().is_academy,
        review=_review(letter) if kind in OUTCOMES else None,
        paragraph=letter.paragraph,
        closing=letter.closing,
        template=template or wordings.text_for(submission, kind),
        demonstration=current_app.config["DEMONSTRATION"],
    )


def _named_contact(submission: Submission) -> str:
    """Whom the record of delivery names, where a fresh decision came after it."""
    delivery = review.records(submission).get("delivery")
    return delivery.answers.get("contact", "") if delivery else ""


def _addressee(submission: Submission, answers: Mapping[str, Any]) -> Addressee:
    """The headteacher as the school named them. The register's name may be out of date, so it comes last."""
    school, lead = submission.school, submission.lead
    name = answers.get("head_name") or (lead.name if lead else "") or school.head_name or "Headteacher"
    return Addressee(name=name, school=school.name, address=tuple(school.address_lines))


def _copies(submission: Submission, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The chair of governors or the trust, and the special school of a satellite (domain §10)."""
    trust = submission.school.facts().is_academy
    name = answers.get("trust_ceo_name" if trust else "chair_name")
    role = "chief executive of the trust" if trust else "chair of governors"
    copies = [f"{name}, {role}"] if name else [role[:1].upper() + role[1:]]
    if submission.path is Path.SATELLITE and submission.partner:
        copies.append(f"The headteacher of {submission.partner.name}")
    return tuple(copies)


def _review(letter: Letter) -> Review:
    """One review of process or fact, by a director, within 10 working days."""
    by = workdays.add(day_of(letter), REVIEW_WITHIN, bank_holidays())
    return Review(by, "the director responsible", current_app.config["COUNCIL_EMAIL"])
