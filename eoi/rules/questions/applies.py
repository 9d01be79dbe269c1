"""To whom a question applies. Named functions, so that a released form can be fingerprinted.

"Maintained" and "academy" mean the type of the host school here; for a satellite the statutory change is to the
special school, so only a resourced provision asks an academy about its own change.
"""

from eoi.rules.facts import Facts
from eoi.rules.words import Need, Path, Phase


def srp(facts: Facts) -> bool:
    return facts.path is Path.SRP


def satellite(facts: Facts) -> bool:
    return facts.path is Path.SATELLITE


def primary(facts: Facts) -> bool:
    return facts.phase is Phase.PRIMARY


def secondary(facts: Facts) -> bool:
    return facts.phase is Phase.SECONDARY


def srp_primary(facts: Facts) -> bool:
    return srp(facts) and primary(facts)


def srp_secondary(facts: Facts) -> bool:
    return srp(facts) and secondary(facts)


def semh(facts: Facts) -> bool:
    return facts.need is Need.SEMH


def academy(facts: Facts) -> bool:
    return facts.school.is_academy


def maintained(facts: Facts) -> bool:
    return not facts.school.is_academy


def academy_changes(facts: Facts) -> bool:
    """The school that changes is an academy that we know: the host of a resourced provision."""
    return srp(facts) and academy(facts)


def church(facts: Facts) -> bool:
    return facts.school.has_religious_character


def year_of_phase(option: str, facts: Facts) -> bool:
    """Reception to Year 6 in primary, Year 7 and up in secondary."""
    is_primary = option == "r" or int(option) <= 6
    return is_primary is primary(facts)
