"""The register of schools: one row a school, with where the row came from and the day it was true."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eoi.models.base import Base
from eoi.rules.facts import SchoolFacts
from eoi.rules.register import MAINSTREAM_GROUPS, MAINSTREAM_PHASES, OPEN_STATUSES

# Compared byte by byte on both engines, so that "starts with" is a range of the index.
BYTEWISE = String(60).with_variant(String(60, collation="C"), "postgresql")


class School(Base):
    """A school as the DfE's register has it. Only `workflow/register.py` writes it.

    Text that the register leaves empty is "", numbers and dates are None. Roll is Reception to Year 11,
    full-time equivalent, and may hold halves. The Ofsted grade is left out on purpose: headline grades have ended.
    """

    __tablename__ = "school"
    __table_args__ = (Index(None, "la_code", "status"), Index(None, "name"), Index(None, "district_code"))

    urn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    la_code: Mapped[str] = mapped_column(String(3))
    la_name: Mapped[str] = mapped_column(String(100))
    establishment_number: Mapped[str] = mapped_column(String(4), default="")
    type_name: Mapped[str] = mapped_column(String(100), default="")
    type_group: Mapped[str] = mapped_column(String(100), default="")
    status: Mapped[str] = mapped_column(String(40), default="Open")
    phase: Mapped[str] = mapped_column(String(40), default="")
    low_age: Mapped[int | None]
    high_age: Mapped[int | None]
    gender: Mapped[str] = mapped_column(String(20), default="")
    religious_character: Mapped[str] = mapped_column(String(100), default="")
    diocese: Mapped[str] = mapped_column(String(100), default="")
    admissions_policy: Mapped[str] = mapped_column(String(40), default="")
    capacity: Mapped[int | None]
    roll: Mapped[float | None]

    street: Mapped[str] = mapped_column(String(200), default="")
    locality: Mapped[str] = mapped_column(String(200), default="")
    address3: Mapped[str] = mapped_column(String(200), default="")
    town: Mapped[str] = mapped_column(String(100), default="")
    county: Mapped[str] = mapped_column(String(100), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    telephone: Mapped[str] = mapped_column(String(30), default="")
    district_code: Mapped[str] = mapped_column(String(9), default="")
    district_name: Mapped[str] = mapped_column(String(100), default="")
    easting: Mapped[int | None]
    northing: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    trust_name: Mapped[str] = mapped_column(String(200), default="")
    trust_companies_number: Mapped[str] = mapped_column(String(8), default="")
    head_name: Mapped[str] = mapped_column(String(200), default="")
    head_title: Mapped[str] = mapped_column(String(100), default="")
    open_date: Mapped[date | None]
    close_date: Mapped[date | None]

    provision_type: Mapped[str] = mapped_column(String(100), default="")
    resourced_roll: Mapped[int | None]
    resourced_capacity: Mapped[int | None]
    sen_unit_roll: Mapped[int | None]
    sen_unit_capacity: Mapped[int | None]

    source: Mapped[str] = mapped_column(String(200))
    as_at: Mapped[date]
    search: Mapped[str] = mapped_column(String(1000), default="")

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_special(self) -> bool:
        return "special" in self.type_name.lower()

    @property
    def is_mainstream(self) -> bool:
        """A state-funded mainstream school, which may host provision."""
        return self.type_group in MAINSTREAM_GROUPS and self.phase in MAINSTREAM_PHASES and not self.is_special

    @property
    def dfe_number(self) -> str:
        """886/2066, or "" where the register gives no establishment number."""
        return f"{self.la_code}/{self.establishment_number}" if self.establishment_number else ""

    @property
    def address_lines(self) -> list[str]:
        """The lines of an envelope below the school's name, the postcode last."""
        lines = (self.street, self.locality, self.address3, self.town, self.county, self.postcode)
        return [line for line in lines if line]

    @property
    def address(self) -> str:
        return ", ".join(self.address_lines)

    def facts(self) -> SchoolFacts:
        """The school as rules see it."""
        return SchoolFacts(
            urn=self.urn,
            name=self.name,
            type_name=self.type_name,
            type_group=self.type_group,
            phase=self.phase,
            low_age=self.low_age,
            high_age=self.high_age,
            capacity=self.capacity,
            roll=self.roll,
            dfe_number=self.dfe_number,
            address=self.address,
            postcode=self.postcode,
            district_code=self.district_code,
            district_name=self.district_name,
            religious_character=self.religious_character,
            trust_name=self.trust_name,
            status=self.status,
            as_at=self.as_at,
        )


class SchoolTerm(Base):
    """A word that a school is found by. Ranges of the primary key answer "starts with" on both engines."""

    __tablename__ = "school_term"

    term: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    urn: Mapped[int] = mapped_column(ForeignKey("school.urn", ondelete="CASCADE"), primary_key=True, index=True)
