"""How an issued letter ends: it stays as it is, and says so."""

from enum import StrEnum


class End(StrEnum):
    """Withdrawn: nothing takes its place yet. Corrected: a later letter says the same decision rightly. Superseded: a
    later decision is told by a later letter."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"


END_LABELS = {
    End.WITHDRAWN: "Withdrawn",
    End.CORRECTED: "Corrected by a later letter",
    End.SUPERSEDED: "Replaced by a later decision",
}
