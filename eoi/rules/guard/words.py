"""Words that tell a fact: outcomes, needs, phases, paths, and claims that go beyond "approved to proceed"."""

import re

from eoi.rules.papers import LetterKind
from eoi.rules.words import Need, Path, Phase

K = LetterKind
Pattern = re.Pattern[str]


def _any(*words: str) -> Pattern:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)


APPROVE = _any(r"approv\w+", "successful", "(?:been|is|was|we have) accepted", "agreed to proceed", "granted")
DECLINE = _any(r"declin\w+", r"reject\w*", r"refus\w+", "turn(?:ed)? down", "unsuccessful", "not approved",
               "not been approved", "cannot approve")  # fmt: skip
DEFER = _any(r"deferr?\w*", r"postpon\w+", "put on hold", "adjourned")
CONDITIONAL = _any("with conditions", r"conditional\w*", "subject to conditions")
UNCONDITIONAL = _any(r"unconditional\w*", "without conditions", "no conditions")
UNFIT = _any("ineligible", "not eligible")
UNLISTED = _any("not (?:been )?shortlisted")
#: The words that a letter of each outcome does not say.
OTHER_OUTCOMES: dict[LetterKind, tuple[Pattern, ...]] = {
    K.APPROVED: (DECLINE, DEFER, CONDITIONAL, UNFIT, UNLISTED),
    K.CONDITIONS: (DECLINE, DEFER, UNCONDITIONAL, UNFIT, UNLISTED),
    K.DECLINED: (APPROVE, DEFER, CONDITIONAL, UNFIT),
    K.DEFERRED: (APPROVE, DECLINE, CONDITIONAL, UNFIT, UNLISTED),
    K.INELIGIBLE: (APPROVE, DECLINE, DEFER, CONDITIONAL, UNLISTED),
    K.NOT_SHORTLISTED: (APPROVE, DEFER, CONDITIONAL, UNFIT),
    K.RETURNED: (APPROVE, DECLINE, DEFER, CONDITIONAL, UNFIT, UNLISTED),
    K.CLARIFICATION: (APPROVE, DECLINE, DEFER, CONDITIONAL, UNFIT, UNLISTED),
    K.ACKNOWLEDGEMENT: (APPROVE, DECLINE, DEFER, CONDITIONAL, UNFIT, UNLISTED),
    K.DISCHARGED: (DECLINE, DEFER, UNFIT, UNLISTED),
}

NEEDS = {
    Need.ASD: _any("autis(?:m|tic)", "asd", "asc"),
    Need.SEMH: _any("semh", r"social,? emotional,? (?:and|&) mental health", "mental health"),
    Need.SLCN: _any("slcn", r"speech,? language,? (?:and|&) communication", "speech and language needs"),
}
_NOT_A_PHASE = r"(?!\s+(?:concern|reason|aim|need|focus|purpose|importance|interest|to\b))"
PHASES = {
    Phase.PRIMARY: re.compile(r"\bprimary\b" + _NOT_A_PHASE, re.IGNORECASE),
    Phase.SECONDARY: re.compile(r"\bsecondary\b" + _NOT_A_PHASE, re.IGNORECASE),
}
PATHS = {
    Path.SRP: _any("resourced provisions?", "srps?", "specialist bases?", "inclusion bases?"),
    Path.SATELLITE: _any("satellites?"),
}

CLAIM = re.compile(
    r"\b(?:establish(?:es|ed)?|(?:will|can|shall|may now) (?:now )?open|opens (?:in|on)|is (?:now )?open|guarante\w+|"
    r"(?:final|formal|full|statutory) (?:approval|decision)|(?:formally|fully|finally) approved|"
    r"approved to (?:open|start|begin|recruit|build|admit)|"
    r"(?:can|may|should) (?:now )?(?:start|begin)? ?(?:recruit\w*|advertis\w+|admit\w*|build\w*)|"
    r"(?:funding|capital|money|budget) (?:is|has been|will be) (?:agreed|approved|confirmed|secured|paid)|"
    r"places (?:are|will be|have been) (?:commissioned|funded|agreed|confirmed)|we promise|"
    r"commit(?:s|ted)? to (?:fund|pay|open)\w*|go ahead)\b",
    re.IGNORECASE,
)  # fmt: skip
DENIED = re.compile(
    r"\b(?:not|never|no|nor|neither|cannot|before|until|if|once|unless|could|would|might|subject to|propos\w+|"
    r"does(?:n.t)|do(?:n.t)|earliest)\b",
    re.IGNORECASE,
)
#: Statutory words are for those who decide: an approval does not say them of itself.
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
