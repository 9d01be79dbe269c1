"""Further cases after a pattern: the same road at another school, with its own numbers and its own audit chain.

A walked case costs hundreds of statements. A copy costs a few rows in bulk, and is as whole: what names the school is
rewritten, snapshots are digested and audit entries chained anew.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping, Table, insert, select, update

from eoi.cli.seed.offers import Chosen
from eoi.extensions import db
from eoi.models import (
    Assignment,
    AuditDetail,
    AuditEntry,
    AuditHead,
    CaseText,
    Clarification,
    Condition,
    Conflict,
    Counter,
    Decision,
    Declaration,
    Document,
    Letter,
    Outgoing,
    Provision,
    Reason,
    Record,
    Round,
    Score,
    SectionAnswers,
    Snapshot,
    Submission,
)
from eoi.models.base import Base, new_public_id
from eoi.models.outgoing import State
from eoi.queries import search
from eoi.rules.chain import FIRST, digest, link

ENTRY = ("at", "action", "actor_kind", "actor_id", "actor_role", "from_stage", "to_stage", "detail_digest")
PLAIN: tuple[type[Base], ...] = (
    SectionAnswers, Declaration, Document, Clarification, Record, Assignment, Conflict, Score,
    Provision,
)  # fmt: skip
PARTS: tuple[type[Base], ...] = (Reason, Condition)  # of a decision
Row = dict[str, Any]


def table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]


class Pattern:
    """A walked case, with every row that belongs to it. Read once; `copy` adds another case like it."""

    def __init__(self, submission_id: int, chosen: Chosen) -> None:
        self.chosen = chosen
        self.row = self._rows(Submission, "id", submission_id)[0]
        self.form = db.session.get_one(Round, self.row["round_id"]).form
        by_case: tuple[type[Base], ...] = (*PLAIN, CaseText, Snapshot, Decision, Letter)
        self.rows = {model: self._rows(model, "submission_id", submission_id) for model in by_case}
        for model in PARTS:
            self.rows[model] = [r for d in self.rows[Decision] for r in self._rows(model, "decision_id", d["id"])]
        entries, details = table(AuditEntry), table(AuditDetail)
        self.entries: Sequence[RowMapping] = db.session.execute(
            select(entries, details.c.actor_name, details.c.content)
            .join(details, details.c.entry_id == entries.c.id)
            .where(entries.c.case == f"submission:{submission_id}")
            .order_by(entries.c.seq)
        ).mappings().all()  # fmt: skip

    @staticmethod
    def _rows(model: type[Base], column: str, value: int) -> list[Row]:
        of = table(model)
        found = db.session.execute(select(of).where(of.c[column] == value).order_by(of.c.id)).mappings()
        return [dict(row) for row in found]

    def copy(self, round_id: int, chosen: Chosen, lead_id: int) -> None:
        """Add the case of another school that offers the like. The caller commits."""
        self.swaps = ((str(self.row["urn"]), str(chosen.school.urn)), (self.chosen.school.name, chosen.school.name))
        reference = self._next_reference()
        self.renamed = {self.row["reference"]: reference} if reference else {}
        case = self._without_id(self.row) | {
            "public_id": new_public_id(), "round_id": round_id, "urn": chosen.school.urn, "lead_id": lead_id,
            "district_code": chosen.school.district_code, "reference": reference,
        }  # fmt: skip
        of = table(Submission)
        new_id: int = db.session.execute(insert(of).returning(of.c.id), case).scalar_one()
        for model in PLAIN:
            self._copy_rows(model, {"submission_id": new_id}, chosen)
        decisions = {row["id"]: self._copy_one(Decision, row, submission_id=new_id) for row in self.rows[Decision]}
        for old, new in decisions.items():
            for model in PARTS:
                self._copy_rows(model, {"decision_id": new}, chosen, of=old)
        for row in self.rows[Snapshot]:
            self._copy_snapshot(row, new_id, chosen)
        for row in self.rows[Letter]:
            self._copy_letter(row, new_id, reference, decisions)
        self._copy_words(new_id)
        self._copy_chain(f"submission:{new_id}")

    def _copy_rows(self, model: type[Base], ties: Row, chosen: Chosen, of: int | None = None) -> None:
        """All rows of a table in one statement; of one decision only, where `of` names it."""
        rows = [row for row in self.rows[model] if of is None or row["decision_id"] == of]
        copies = [self._without_id(row) | ties for row in rows]
        for copied in copies:
            if model is SectionAnswers:
                copied["answers"] = self._swapped(copied["answers"])
            if model is Document:
                copied["public_id"] = new_public_id()
            if model is Provision:
                copied |= {
                    "public_id": new_public_id(),
                    "urn": chosen.school.urn,
                    "partner_urn": self.row["partner_urn"],
                }
        if copies:
            db.session.execute(insert(table(model)), copies)

    def _copy_words(self, new_id: int) -> None:
        """What it is found by, made from its own answers."""
        if not self.rows[CaseText]:
            return
        answers = {k: v for row in self.rows[SectionAnswers] for k, v in self._swapped(row["answers"]).items()}
        asked = [Clarification(text=row["text"], reply=row["reply"]) for row in self.rows[Clarification]]
        records = [Record(answers=row["answers"]) for row in self.rows[Record]]
        found = search.by_readers(self.form, answers, asked, records)
        rows = [{"submission_id": new_id, "readers": r, "body": body} for r, body in found.items() if body]
        db.session.execute(insert(table(CaseText)), rows)

    def _copy_one(self, model: type[Base], row: Row, **changes: Any) -> int:
        made: int = db.session.execute(
            insert(table(model)).returning(table(model).c.id), self._without_id(row) | changes
        ).scalar_one()
        return made

    def _copy_snapshot(self, row: Row, new_id: int, chosen: Chosen) -> None:
        register = json.loads(json.dumps(asdict(chosen.school), default=str))
        content = self._swapped(row["content"]) | {"register": register}
        self.renamed[row["sha256"]] = digest(content)
        made = self._copy_one(
            Snapshot, row, submission_id=new_id, content=content, sha256=digest(content), pdf_key=None
        )
        self._promise("eoi_pdf", f"eoi pdf {made}", {"snapshot_id": made}, new_id, row["made_at"])

    def _copy_letter(self, row: Row, new_id: int, reference: str | None, decisions: dict[int, int]) -> None:
        number = f"{reference}/{row['number'].rpartition('/')[2]}"
        made = self._copy_one(
            Letter, row, submission_id=new_id, number=number, facts=None, key=None, public_id=new_public_id(),
            decision_id=decisions.get(row["decision_id"]),
        )  # fmt: skip
        if row["issued_at"]:
            self._promise("print_letter", f"print letter {made}", {"letter_id": made}, new_id, row["issued_at"])

    def _copy_chain(self, case: str) -> None:
        """The same entries, chained anew under the name of the new case, with its own reference and digests."""
        previous, chained = FIRST, []
        contents = [self._renamed(entry["content"]) for entry in self.entries]
        for entry, content in zip(self.entries, contents, strict=True):
            fields = {"case": case, "seq": entry["seq"], **{name: entry[name] for name in ENTRY}}
            fields["detail_digest"] = digest(content)
            hash_ = link(previous, **fields)
            chained.append({**fields, "previous": previous, "hash": hash_})
            previous = hash_
        of = table(AuditEntry)
        ids = db.session.execute(insert(of).returning(of.c.id, sort_by_parameter_order=True), chained).scalars()
        details = [
            {"entry_id": new, "actor_name": entry["actor_name"], "content": content}
            for new, entry, content in zip(ids, self.entries, contents, strict=True)
        ]
        db.session.execute(insert(table(AuditDetail)), details)
        db.session.execute(insert(table(AuditHead)), {"case": case, "seq": len(details), "hash": previous})

    def _next_reference(self) -> str | None:
        """A number of the pattern's year, where the pattern has one."""
        if self.row["reference"] is None:
            return None
        name, of = self.row["reference"].rpartition("-")[0], table(Counter)
        moved = update(of).where(of.c.name == name).values(value=of.c.value + 1).returning(of.c.value)
        return f"{name}-{db.session.execute(moved).scalar_one():04d}"

    def _renamed(self, detail: Row) -> Row:
        """The detail of an entry with what the new case calls itself and froze."""
        text = json.dumps(detail, ensure_ascii=False)
        for old, new in self.renamed.items():
            text = text.replace(old, new)
        renamed: Row = json.loads(text)
        return renamed

    def _swapped(self, value: Any) -> Any:
        """The same answers with the other school's URN and name in them."""
        text = json.dumps(value, ensure_ascii=False)
        for old, new in self.swaps:
            text = text.replace(json.dumps(old, ensure_ascii=False)[1:-1], json.dumps(new, ensure_ascii=False)[1:-1])
        return json.loads(text)

    @staticmethod
    def _promise(kind: str, key: str, payload: Row, submission_id: int, at: Any) -> None:
        db.session.execute(
            insert(table(Outgoing)),
            {"kind": kind, "key": key, "payload": payload, "submission_id": submission_id, "state": State.WAITING,
             "due_at": at, "attempts": 0, "last_error": "", "created_at": at},
        )  # fmt: skip

    @staticmethod
    def _without_id(row: Row) -> Row:
        return {name: value for name, value in row.items() if name != "id"}
