"""What must agree across answers, and what is only pointed out. Each looks at `Seen`; wrong shapes are passed over."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from eoi.rules.questions.types import Seen
from eoi.rules.words import FEWER, Path, Phase, count_of

TERM_MONTHS = (1, 4, 9)  # terms start in January, April and September
TERMS_AHEAD = 2
USUAL_PLACES = {Phase.PRIMARY: (12, 20), Phase.SECONDARY: (15, 25)}
USUAL_CLASS = (6, 12)
ROLL_TOLERANCE = 0.1
_WORDS = """
aol btinternet fastmail gmail gmx googlemail hotmail icloud live mac mail me msn ntlworld outlook protonmail
proton rocketmail sky talktalk virginmedia yahoo ymail zoho
"""
WEBMAIL = frozenset(_WORDS.split())
ORDER = (
    ("consultation", "work_starts", "Building work cannot start before consultation starts"),
    ("work_starts", "rooms_ready", "Rooms cannot be ready before building work starts"),
    ("consultation", "first_pupils", "First pupils cannot start before consultation starts"),
    ("staff_appointed", "first_pupils", "First pupils cannot start before staff are appointed"),
    ("rooms_ready", "first_pupils", "First pupils cannot start before rooms are ready"),
)


def chair_is_another_person(seen: Seen) -> dict[str, str]:
    """The chair confirms what the headteacher declares, so it is somebody else (domain §7)."""
    if _same(seen.get("chair_name"), seen.get("head_name")):
        return {"chair_name": "The chair must be another person than the headteacher"}
    if _same(seen.get("chair_email"), seen.get("head_email")):
        return {"chair_email": "The chair’s email address must be another than the headteacher’s"}
    return {}


def opening_leaves_time(seen: Seen) -> dict[str, str]:
    """Two terms lie between the round's decisions and the opening, for consultation and building."""
    opening = seen.get("opening")
    if not isinstance(opening, str) or seen.decisions_by is None:
        return {}
    first = earliest_opening(seen.decisions_by)
    if opening >= first.isoformat():
        return {}
    return {"opening": f"The earliest opening must be {first:%B %Y} or later: two terms after the decision"}


def earliest_opening(decisions_by: date) -> date:
    """The first day of the month when the second term after the decision starts."""
    years = (decisions_by.year, decisions_by.year + 1)
    terms = [date(year, month, 1) for year in years for month in TERM_MONTHS]
    return [term for term in terms if term > decisions_by][TERMS_AHEAD - 1]


def build_up_reaches_places(seen: Seen) -> dict[str, str]:
    grid = seen.get("build_up")
    values = [grid.get(f"year_{n}") for n in range(1, 5)] if isinstance(grid, Mapping) else []
    years = [value for value in values if isinstance(value, int)]
    if len(years) < 4:
        return {}
    if any(later < earlier for earlier, later in pairwise(years)):
        return {"build_up": "Places must not go down from one year to the next"}
    places = seen.get("places")
    if isinstance(places, int) and years[-1] != places:
        return {"build_up": f"Places in year four must be the {count_of(places, 'place')} you offer when full"}
    return {}


def milestones_in_order(seen: Seen) -> dict[str, str]:
    days = seen.get("milestones")
    if not isinstance(days, Mapping):
        return {}
    for earlier, later, message in ORDER:
        if earlier in days and later in days and days[later] < days[earlier]:
            return {"milestones": message}
    return {}


def partner_named(seen: Seen) -> dict[str, str]:
    partner = seen.get("partner_school")
    if partner == seen.facts.school.urn:
        return {"partner_school": "The partner special school must be another school than yours"}
    if seen.get("partner_talks") == "agreed" and partner is None:
        return {"partner_school": "Enter the special school that agreed in principle"}
    return {}


def partner_letter_given(seen: Seen) -> dict[str, str]:
    agreed = seen.facts.path is Path.SATELLITE and seen.get("partner_talks") == "agreed"
    if agreed and "partner_letter" not in seen.documents:
        return {"partner_letter": "Upload the letter of the partner special school"}
    return {}


def linked_to_others(seen: Seen) -> dict[str, str]:
    if seen.facts.school.urn in (seen.get("linked_schools") or ()):
        return {"linked_schools": "Leave your own school out of the linked schools"}
    return {}


def standing_explained(seen: Seen) -> dict[str, str]:
    return _explained(seen, "standing", "standing_note", "Enter what is happening and when")


def existing_explained(seen: Seen) -> dict[str, str]:
    return _explained(seen, "existing", "existing_note", "Enter what you have now and how many pupils use it")


def constraints_explained(seen: Seen) -> dict[str, str]:
    return _explained(seen, "constraints", "constraints_note", "Enter what you know about what could hold up the work")


def sensitive_explained(seen: Seen) -> dict[str, str]:
    return _explained(seen, "sensitive_parts", "sensitive_why", "Enter why these parts are commercially sensitive")


def outdoor_measured(seen: Seen) -> dict[str, str]:
    return _explained(seen, "outdoor", "outdoor_area", "Enter the area of the outdoor space")


def startup_explained(seen: Seen) -> dict[str, str]:
    if seen.get("startup_revenue") and not seen.get("startup_note"):
        return {"startup_note": "Enter what the money is for"}
    return {}


def staff_counted(seen: Seen) -> dict[str, str]:
    rows = seen.get("staffing") or []
    counts = [row.get("fte") for row in rows if isinstance(row, Mapping)]
    if counts and all(count == 0 for count in counts):
        return {"staffing": "The full-time equivalent of all roles together must be more than 0"}
    return {}


def free_webmail(seen: Seen) -> dict[str, str]:
    email = seen.get("lead_email")
    domain = email.rpartition("@")[2].lower() if isinstance(email, str) else ""
    if domain.split(".")[0] in WEBMAIL:
        return {"lead_email": "This looks like a personal email address. Use a work address if you have one"}
    return {}


def usual_places(seen: Seen) -> dict[str, str]:
    places, (low, high) = seen.get("places"), USUAL_PLACES[seen.facts.phase]
    if not isinstance(places, int) or low <= places <= high:
        return {}
    phase = seen.facts.phase.value
    return {"places": f"{count_of(places, 'place')} is outside the usual {low} to {high} in {phase}. You can go on"}


def usual_years(seen: Seen) -> dict[str, str]:
    if {"12", "13"} & set(seen.get("year_groups") or ()):
        return {"year_groups": "Secondary places are Years 7 to 11 unless the council agrees otherwise"}
    return {}


def usual_classes(seen: Seen) -> dict[str, str]:
    places, classes = seen.get("places"), seen.get("classes")
    if not isinstance(places, int) or not isinstance(classes, int) or classes < 1:
        return {}
    if USUAL_CLASS[0] <= places / classes <= USUAL_CLASS[1]:
        return {}
    return {"classes": f"{places / classes:.0f} pupils a class is outside the usual 6 to 12. You can go on"}


def roll_matches(seen: Seen) -> dict[str, str]:
    """The year groups add up to the roll of the register, give or take a tenth, where the school has one phase only."""
    key = "roll_own_primary" if seen.facts.phase is Phase.PRIMARY else "roll_own_secondary"
    grid, roll = seen.get(key), seen.facts.school.roll
    if not isinstance(grid, Mapping) or not roll or seen.facts.school.phase not in ("Primary", "Secondary"):
        return {}
    years = [grid[year] for year in ("r", *map(str, range(1, 14))) if year in grid]
    if not years or FEWER in years or abs(sum(years) - roll) <= ROLL_TOLERANCE * roll:
        return {}
    return {key: f"The year groups add up to {sum(years):,}; the register has {roll:,g} on roll. Check both"}


def owner_looked_at(seen: Seen) -> dict[str, str]:
    if seen.get("owner") == "pfi":
        return {"owner": "Changes to a PFI building take longer to agree. Allow for that in your dates"}
    return {}


def large_capital(seen: Seen) -> dict[str, str]:
    if seen.get("capital_band") == "over_1m":
        return {"capital_band": "Building work above £1 million is also for the Cabinet Member to agree"}
    return {}


def _same(one: Any, other: Any) -> bool:
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    return one.casefold().split() == other.casefold().split()


def _explained(seen: Seen, key: str, note: str, message: str) -> dict[str, str]:
    """A choice other than "none" needs its note."""
    answer = seen.get(key)
    if not answer or answer == "none" or answer == ["none"] or seen.get(note):
        return {}
    return {note: message}
