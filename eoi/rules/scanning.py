"""What is known of a file and viruses."""

from enum import StrEnum


class Verdict(StrEnum):
    """What the scanner says of a file, or that it has not been able to yet."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not scanned"  # no scanner is set up
    HELD = "held"  # the scanner did not answer: nobody opens the file until it has


WORDS = {Verdict.HELD: "held until it is scanned", Verdict.INFECTED: "removed, it had a virus"}


def words(verdict: str) -> str:
    """As it stands beside the name of a file."""
    return WORDS.get(Verdict(verdict), verdict)
