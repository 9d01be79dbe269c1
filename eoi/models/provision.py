"""Provision that there is, or is to be: known from publications, or opened through an expression of interest."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eoi.models.base import Base, UtcDateTime, enum_column, new_public_id
from eoi.models.school import School
from eoi.models.submission import Submission
from eoi.rules.local_offer import Entry
from eoi.rules.provision import Row
from eoi.rules.words import Designation, Path, Phase, State

UNTIED = text("submission_id IS NULL")


class Provision(Base):
    """One provision at one host school. The Local Offer shows those that are published and open.

    `places` is empty where no number is known; `as_at` where the source gives no day. `submission_id` names the case
    that it came of. `about` is written for families.
    """

    __tablename__ = "provision"
    __table_args__ = (
        Index(  # one line a school, path, need and phase; what opened through a case is a line of its own
            "uq_provision_known", "urn", "path", "need", "phase", unique=True, sqlite_where=UNTIED,
            postgresql_where=UNTIED,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=new_public_id)
    urn: Mapped[int] = mapped_column(ForeignKey("school.urn"), index=True)
    path: Mapped[Path] = mapped_column(enum_column(Path))
    need: Mapped[Designation] = mapped_column(enum_column(Designation))
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    places: Mapped[int | None]
    low_age: Mapped[int | None]
    high_age: Mapped[int | None]
    partner_urn: Mapped[int | None] = mapped_column(ForeignKey("school.urn"))
    state: Mapped[State] = mapped_column(enum_column(State))
    opened_on: Mapped[date | None]
    about: Mapped[str] = mapped_column(Text, default="")
    published: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(300))
    as_at: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    illustrative: Mapped[bool]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), unique=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    school: Mapped[School] = relationship(foreign_keys=[urn], lazy="joined", innerjoin=True)
    partner: Mapped[School | None] = relationship(foreign_keys=[partner_urn])
    submission: Mapped[Submission | None] = relationship()
    changes: Mapped[list["ProvisionChange"]] = relationship(order_by="ProvisionChange.id.desc()")

    __mapper_args__ = {"version_id_col": version}

    def row(self) -> Row:
        """The provision as rules compare it."""
        return Row(**{name: getattr(self, name) for name in Row.__slots__})

    def entry(self) -> Entry:
        """The provision as families read it. Its school is loaded, and its partner where it has one."""
        school = self.school
        return Entry(
            public_id=self.public_id, school=school.name, urn=school.urn, need=self.need, phase=self.phase,
            path=self.path, partner=self.partner.name if self.partner else "", places=self.places,
            low_age=self.low_age, high_age=self.high_age, district=school.district_name,
            address=tuple(school.address_lines), town=school.town, postcode=school.postcode, website=school.website,
            telephone=school.telephone, latitude=school.latitude, longitude=school.longitude,
            opened_on=self.opened_on, about=self.about, source=self.source, as_at=self.as_at,
            illustrative=self.illustrative, changed_at=self.changed_at,
        )  # fmt: skip


class ProvisionChange(Base):
    """What changed in an entry, on which day, in words that families may read. Insert-only."""

    __tablename__ = "provision_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    provision_id: Mapped[int] = mapped_column(ForeignKey("provision.id", ondelete="CASCADE"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)


class ProblemReport(Base):
    """What somebody says is wrong with an entry of the Local Offer. Nobody is asked who they are."""

    __tablename__ = "problem_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    provision_id: Mapped[int] = mapped_column(ForeignKey("provision.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str] = mapped_column(Text, default="")

    provision: Mapped[Provision] = relationship(lazy="joined", innerjoin=True)
