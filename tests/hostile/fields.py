"""Which field is for whose eyes: the rules inside a page, each with a marker that is planted and looked for."""

from dataclasses import dataclass

OFFICERS = ("SEN officer", "Area education officer", "Panel chair", "Head of SEN", "Director", "Auditor")
ASSIGNED = ("Scorer (assigned)", "Estates (assigned)", "Finance (assigned)")
SCHOOL = ("Headteacher (own school’s)", "School editor (own school’s)")
#: Nobody of these may find any marker: the case is closed to them.
SHUT_OUT = (
    "Headteacher (another school’s)",
    "SEN officer (in conflict)",
    "Scorer (not assigned)",
    "Administrator",
    "Stranger",
)
#: Who reads everything, for this table.
DELEGATE = "Area education officer (delegated)"
READERS = (*SCHOOL, *OFFICERS, DELEGATE, *ASSIGNED, *SHUT_OUT)


@dataclass(frozen=True)
class Field:
    """One kind of words, the marker that is planted in it, and who finds it somewhere."""

    what: str
    marker: str
    seen_by: tuple[str, ...]

    @property
    def never(self) -> list[str]:
        return [name for name in READERS if name not in self.seen_by]


COUNCIL = (*OFFICERS, DELEGATE, *ASSIGNED)
FIELDS = (
    Field("A scorer’s comment before that scorer has locked", "Zqopenscore", ()),
    Field("A scorer’s comment once locked", "Zqlockedscore", (*OFFICERS, DELEGATE)),
    Field("The council’s records of the review", "Zqrecord", COUNCIL),
    Field("That a conflict is declared, and how it is handled", "Zqhandling", COUNCIL),
    Field("Email and phone of the school’s lead contact", "Zqcontact", (*SCHOOL, *OFFICERS, DELEGATE)),
    Field("The decision before its letter is issued", "Zqdecision", COUNCIL),
    Field("A letter that is not issued", "Zqletter", ("SEN officer", "Head of SEN", DELEGATE)),
    Field("Considerations under the Equality Act", "Zqequality", COUNCIL),
    Field("A colleague’s email address", "zqcolleague", ("Administrator",)),
)
