"""What a move needs beyond its permission and its record: one guard an action, which refuses by name or passes."""

from collections.abc import Callable, Mapping
from typing import Any

from eoi.extensions import now
from eoi.models import Submission
from eoi.queries import review
from eoi.rules.errors import Invalid, Refused
from eoi.rules.records import RECORDS
from eoi.rules.stages import BEFORE_DECISION, Stage
from eoi.rules.statutory import Route
from eoi.rules.words import Outcome, Path, date_and_time, listed

Answers = Mapping[str, Any]
FOLLOWS_LATER = frozenset({"signatures"})  # confirmations may follow within 10 working days


def round_has_closed(submission: Submission, _: Answers) -> None:
    """The check starts at closing (domain §8, stage 3), at once where the round stays open."""
    closes = submission.round.closes_at
    if closes and now() < closes:
        raise Refused(f"The round is open until {date_and_time(closes)}, and the school may still change its answers.")


def gates_passed(submission: Submission, record: Answers) -> None:
    """Every gate is a yes before a case goes on (domain §9)."""
    wanted = [q for q in RECORDS["check"].questions if q.key in record and record[q.key] is False]
    failed = {q.key: f"{q.label} You answered no: return it, or propose it as ineligible" for q in wanted}
    failed = {key: text for key, text in failed.items() if key not in FOLLOWS_LATER}
    if submission.path is Path.SATELLITE:
        failed.pop("ehc_plan_pupils", None)
    if failed:
        raise Invalid(failed)


def detail_is_asked_separately(submission: Submission, record: Answers) -> None:
    gates_passed(submission, record)
    if submission.round.detail_with_eoi:
        raise Refused("This round asked for the detail with the expression of interest. Send it to assessment.")


def detail_is_here(submission: Submission, record: Answers) -> None:
    gates_passed(submission, record)
    if not submission.round.detail_with_eoi:
        raise Refused("This round asks shortlisted schools for the detail. Shortlist it first.")


def all_scores_locked(submission: Submission, _: Answers) -> None:
    """As many scorers as the round asks for have locked their scores; those in conflict do not count."""
    locked, wanted = review.locked_scorers(submission), review.judges_of(submission).scorers
    if locked < wanted:
        raise Refused(f"{locked} of {wanted} scorers have locked their scores. Wait for the others, or assign more.")
    given = review.scores_by_criterion(submission)
    if unscored := [c.title for c in submission.round.criteria if not given.get(c.key)]:
        raise Refused(f"Every scorer abstained on {listed(unscored)}. Assign somebody who can score it.")


def panel_was_quorate(submission: Submission, record: Answers) -> None:
    """Quorum, one member for estates or finance, differences settled, a partner before any approval (domain §8)."""
    all_scores_locked(submission, record)
    errors = {}
    if missing := review.judges_of(submission).missing(m.get("voice", "") for m in record.get("members") or []):
        errors["members"] = missing
    scores = review.result_of(submission)
    if scores and scores.spreads and not record.get("moderation"):
        names = ", ".join(row.criterion.title for row in scores.spreads)
        errors["moderation"] = f"Enter how the difference between scorers was settled: {names}"
    if _lacks_partner(submission) and record.get("recommendation") in (Outcome.APPROVED, Outcome.CONDITIONS):
        errors["recommendation"] = "Choose defer or decline: no partner special school is recorded yet"
    if errors:
        raise Invalid(errors)


def one_assessor_is_enough(submission: Submission, record: Answers) -> None:
    """A round with one case may do without a panel, where it says so: one assessor, and the Head of SEN decides."""
    if not review.judges_of(submission).alone:
        raise Refused("A panel has to meet: this round asks for one, or more than one case is in it.")
    all_scores_locked(submission, record)


def partner_is_recorded(submission: Submission, _: Answers) -> None:
    if _lacks_partner(submission):
        raise Refused("No partner special school is recorded, so this can only be deferred or declined.")


def _lacks_partner(submission: Submission) -> bool:
    return submission.path is Path.SATELLITE and submission.partner_urn is None


def letter_is_issued(submission: Submission, _: Answers) -> None:
    if not submission.letter_issued:
        raise Refused("Issue the decision letter first.")


def conditions_met(submission: Submission, _: Answers) -> None:
    unmet = [c.number for c in review.conditions(submission) if c.met_on is None]
    if unmet:
        numbers = ", ".join(str(n) for n in unmet)
        raise Refused(f"Record that each condition is met first. Still open: {numbers}.")


def route_is(*routes: Route) -> Callable[[Submission, Answers], None]:
    """The statutory route follows the school that changes: the host, or the special school of a satellite."""

    def guard(submission: Submission, record: Answers) -> None:
        conditions_met(submission, record)
        if submission.changing_route not in routes:
            raise Refused("That is not the route of this case: it follows the school that changes.")

    return guard


def something_is_unmet(submission: Submission, record: Answers) -> None:
    letter_is_issued(submission, record)
    if all(c.met_on for c in review.conditions(submission)):
        raise Refused("No condition is open, so the approval does not lapse.")


def not_behind_a_letter(submission: Submission, target: Stage) -> None:
    """What a school has read in a letter is not undone in silence: a review of process can ask for a fresh decision."""
    if submission.letter_issued and target in BEFORE_DECISION:
        raise Refused("The decision letter has been issued, so this cannot go back to before the decision.")


GUARDS: dict[str, Callable[[Submission, Answers], None]] = {
    "start_check": round_has_closed,
    "shortlist": detail_is_asked_separately,
    "assess": detail_is_here,
    "visit": all_scores_locked,
    "skip_visit": all_scores_locked,
    "recommend": panel_was_quorate,
    "skip_panel": one_assessor_is_enough,
    "approve": partner_is_recorded,
    "approve_with_conditions": partner_is_recorded,
    "ask_review": letter_is_issued,
    "start_delivery": letter_is_issued,
    "lapse": something_is_unmet,
    "consult": route_is(Route.PROPOSAL, Route.SPECIAL_PROPOSAL),
    "apply_to_dfe": route_is(Route.SIGNIFICANT_CHANGE, Route.SPECIAL_CHANGE),
}
