"""Parts that several sections share."""

from eoi.rules.questions.types import Kind, Question
from eoi.rules.words import FEWER

# Pupil numbers are asked in bands, never as counts: a small cell cannot be worked out from them.
BANDS = (("0", "0"), (FEWER, FEWER), ("5 to 9", "5 to 9"), ("10 or more", "10 or more"))

PHONE = r"\+?[0-9 ()-]{9,20}(?: ?(?:x|ext\.?|extension) ?[0-9]{1,6})?"
PHONE_REFUSED = "Enter a phone number, like 01622 123 456 or 07700 900 982"
PAGE = r"(?:https?://)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?"

AS_AT = Question(
    "as_at",
    "Date of your figures",
    Kind.DATE,
    hint="For example, 15 1 2027, the day of a census",
    missing="Enter the date of your figures",
    noun="the date of your figures",
    past=True,
)
SOURCE = Question(
    "source",
    "Where your figures come from",
    Kind.LINE,
    hint="Such as the January census",
    missing="Enter where your figures come from",
    noun="the source of your figures",
)


def band(key: str, label: str) -> Question:
    """A number of pupils as one of the four bands."""
    return Question(key, label, Kind.ONE_OF, missing=f"Choose the band for {label}", options=BANDS, noun=label)
