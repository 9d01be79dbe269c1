"""The access table: what every endpoint answers to every role in every relation to the case.

Generated from the route list and `rules/permissions`. `access_page` draws it as `docs/access.md`; `test_access` sends
every request that it speaks of.
"""

from dataclasses import dataclass
from enum import StrEnum

from flask import Flask

from eoi.models.user import SCHOOL_ROLES
from eoi.rules.permissions import NOBODY, ROLE_LABELS, Actor, CaseFacts, Permission, Role, may
from tests.hostile.senders import SENDERS

P, R = Permission, Role
ME, SOMEBODY, OURS, THEIRS = 7, 8, 1, 2  # ids of people, and the schools of the case and of another


class Tie(StrEnum):
    """How somebody stands to the case."""

    STRANGER = "stranger"
    LINK = "link holder"
    OWN = "own school’s"
    OTHER = "another school’s"
    WAITING = "waiting to be confirmed there"
    AUTHOR = "waiting, of their own draft"
    ANY = "any"
    ASSIGNED = "assigned"
    UNDECLARED = "assigned, conflict not declared"
    UNASSIGNED = "not assigned"
    CONFLICTED = "in conflict"
    DELEGATED = "delegated"
    DELEGATED_CONFLICTED = "delegated, in conflict"


class Answer(StrEnum):
    """What the door says. Beyond it, a stage or a missing file may still refuse."""

    OPENS = "opens"
    REFUSED = "403"
    UNSEEN = "404"
    SIGN_IN = "sign in"
    DECLARE = "declare first"


@dataclass(frozen=True)
class Person:
    """One role in one relation."""

    role: Role | None
    tie: Tie

    @property
    def name(self) -> str:
        if self.role is None:
            return self.tie.capitalize()
        plain = self.tie is Tie.ANY
        return ROLE_LABELS[self.role] + ("" if plain else f" ({self.tie})")

    def actor(self) -> Actor:
        if self.role is None:
            return NOBODY
        at = ((OURS if self.tie is Tie.OWN else THEIRS, self.role),) if self.role in SCHOOL_ROLES else ()
        waits = self.tie in (Tie.WAITING, Tie.AUTHOR)
        at, asked = ((), frozenset({OURS})) if waits else (at, frozenset())
        held = frozenset() if self.role in SCHOOL_ROLES else frozenset({self.role})
        delegated = frozenset({0} if self.tie in (Tie.DELEGATED, Tie.DELEGATED_CONFLICTED) else ())
        return Actor("user", ME, self.name, roles=held, schools=at, asked=asked, delegated=delegated)


READERS = (R.SEN_OFFICER, R.AEO, R.PANEL_CHAIR, R.HEAD_OF_SEN, R.DIRECTOR, R.AUDITOR)
EVERYBODY: tuple[Person, ...] = (
    Person(None, Tie.STRANGER),
    Person(None, Tie.LINK),
    *(Person(role, tie) for role in (R.HEADTEACHER, R.EDITOR) for tie in (Tie.OWN, Tie.OTHER)),
    Person(R.HEADTEACHER, Tie.WAITING),
    Person(R.EDITOR, Tie.AUTHOR),
    *(Person(role, tie) for role in READERS for tie in (Tie.ANY, Tie.CONFLICTED)),
    Person(R.AEO, Tie.DELEGATED),
    Person(R.AEO, Tie.DELEGATED_CONFLICTED),
    *(
        Person(role, tie)
        for role in (R.SCORER, R.ESTATES, R.FINANCE)
        for tie in (Tie.ASSIGNED, Tie.UNDECLARED, Tie.UNASSIGNED, Tie.CONFLICTED)
    ),
    Person(R.ADMIN, Tie.ANY),
)

#: Cases of the world that are still drafts of their school, and those that an officer logs.
DRAFTS = {"draft", "exception", "asked", "started", "beside"}
#: What somebody began who waits to be confirmed at the school.
AHEAD = "ahead"
LOGGED = {"logged", "unconfirmed"}
#: The case that a page is asked about, where no form of `SENDERS` says so.
READ_AT = {
    "apply.check": "draft", "apply.document": "draft", "apply.show": "draft", "apply.tasks": "draft",
    "apply.submitted": "submitted", "apply.answered": "returned", "apply.signatures": "unsigned",
    "letters.preview": "conditions", "letters.feedback": "issued", "apply.words": AHEAD,
}  # fmt: skip
USUALLY = "issued"
#: Pages with a token in their address, opened by the link alone.
BY_LINK = {
    "auth.access", "auth.use_sign_in_link", "auth.invitation", "auth.reset", "links.confirm", "links.sign",
    "links.partner", "links.advise",
}  # fmt: skip
#: Found by a token in the address and kept for one person: nobody else can open it.
ONE_PERSONS = {"auth.kept", "auth.discard", "auth.end_session", "letters.signature_picture", "panel.pack",
               "panel.pack_pdf", "review.errand", "review.errand_file", "review.view_edit",
               "review.view_remove"}  # fmt: skip
#: Only where the service is a demonstration, or its council has a sign-in of its own.
ONLY_WHERE_SET_UP = {"auth.sign_in_to_demonstration", "auth.to_council", "auth.from_council"}
#: About a case that is found by another road than `find_submission`.
FOUND_OTHERWISE = {
    "review.exception", "retention.show", "retention.hold", "retention.lift", "retention.ended", "retention.erase",
}  # fmt: skip
#: What a page asks of the person on the case, where that is more than the endpoint names.
NARROWER: dict[str, tuple[Permission, ...]] = {
    "logging.show": (P.CHECK,),
    "review.ask": (P.ASK,),
    "review.ask_opinion": (P.ADVISE,),
    "review.remind_opinion": (P.ADVISE,),
    "review.revoke_opinion": (P.ADVISE,),
    "review.visit": (P.VISIT,),
    "apply.wish": (P.SUBMIT,),
    "review.assign": (P.ASSIGN,),
    "review.close_question": (P.ASK,),
    "review.decision": (P.DECIDE,),
    "review.extend": (P.ASK,),
    "review.extend_condition": (P.DELIVER,),
    "review.meet_condition": (P.DELIVER,),
    "review.condition_not_met": (P.DELIVER,),
    "letters.feedback": (P.SEE_SCORES,),
    "review.eoi_pdf": (P.SEE_CONTACTS,),
    "review.make_plan": (P.DELIVER,),
    "review.milestone": (P.DELIVER,),
    "review.move": (P.CHECK,),
    "review.put_right": (P.REOPEN,),
}


@dataclass(frozen=True)
class Row:
    """One endpoint and method, and what it asks for."""

    endpoint: str
    method: str
    rule: str
    permissions: tuple[Permission, ...] | None  # None where it is public
    case: str  # "" where it is about none

    @property
    def asks(self) -> str:
        """In words: the permission of the endpoint, and what it asks for on the case."""
        if self.permissions is None:
            return "a link" if self.endpoint in BY_LINK else "nothing"
        narrower = NARROWER.get(self.endpoint, ())
        named = [f"to {one.value}" if one is not P.SIGNED_IN else one.value for one in narrower or self.permissions]
        return " or ".join(named)

    def people(self) -> tuple[Person, ...]:
        """Who asks: everybody of a page about a case; of another, where no relation can be, one of each role."""
        first = {person.role: person for person in reversed(EVERYBODY)}
        plain = (Tie.STRANGER, Tie.LINK, Tie.DELEGATED)
        return EVERYBODY if self.case else tuple(p for p in EVERYBODY if p.tie in plain or first[p.role] is p)

    def answer(self, person: Person) -> Answer:
        """What this person gets."""
        if self.endpoint in ONLY_WHERE_SET_UP:
            return Answer.UNSEEN
        if self.permissions is None:
            dead = self.endpoint in BY_LINK and person.tie is not Tie.LINK
            return Answer.UNSEEN if dead else Answer.OPENS
        actor = person.actor()
        if actor is NOBODY:
            return Answer.SIGN_IN
        if not any(may(actor, one) for one in self.permissions):
            return Answer.REFUSED
        if self.endpoint in ONE_PERSONS:
            return Answer.UNSEEN
        return self._on_the_case(actor, person) if self.case else Answer.OPENS

    def _on_the_case(self, actor: Actor, person: Person) -> Answer:
        facts = facts_for(person, self.case)
        wanted = NARROWER.get(self.endpoint, self.permissions or ())
        if self.endpoint in FOUND_OTHERWISE:
            return Answer.OPENS if any(may(actor, one, facts) for one in wanted) else Answer.REFUSED
        if not sees(actor, facts, draft=self.case in DRAFTS or self.case == "logged"):
            return Answer.UNSEEN
        if not any(may(actor, one, facts) for one in wanted):
            return Answer.REFUSED
        council = not self.endpoint.startswith("apply.") and self.endpoint != "panel.conflict"
        undeclared = council and person.tie is Tie.UNDECLARED and actor.schools == ()
        return Answer.DECLARE if undeclared else Answer.OPENS


def facts_for(person: Person, case: str) -> CaseFacts:
    """What the rules look at, for this person's relation. Nobody has one to a school's draft."""
    if case == AHEAD:
        return CaseFacts(1, OURS, held_by=ME if person.tie is Tie.AUTHOR else SOMEBODY)
    if case in DRAFTS:
        return CaseFacts(1, OURS)
    near = person.tie in (Tie.ASSIGNED, Tie.UNDECLARED, Tie.CONFLICTED)
    against = person.tie in (Tie.CONFLICTED, Tie.DELEGATED_CONFLICTED)
    mine = frozenset({ME})
    return CaseFacts(1, OURS, mine if near else frozenset(), mine if against else frozenset(), case in LOGGED)


def sees(actor: Actor, facts: CaseFacts, *, draft: bool) -> bool:
    """Whether the person may know of the case: their own school's; as council, one that is no draft of a school.

    What somebody began before they were confirmed at the school is theirs alone.
    """
    if facts.held_by is not None:
        return facts.held_by == actor.id and not actor.is_staff
    if facts.urn in actor.urns:
        return True
    logs = facts.being_logged and may(actor, P.LOG_FOR_SCHOOL, facts)
    return may(actor, P.READ_CASE, facts) and (not draft or logs)


def rows(app: Flask) -> list[Row]:
    """Every endpoint of the service with each method that it takes, in the order of their names."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.endpoint, one.rule)):
        if rule.endpoint == "static":
            continue
        view = app.view_functions[rule.endpoint]
        asked = None if getattr(view, "public", False) else view.permission
        about = {"ref", "public_id"} & rule.arguments
        sender = SENDERS.get(rule.endpoint)
        case = (sender.case if sender and sender.case else READ_AT.get(rule.endpoint, USUALLY)) if about else ""
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append(Row(rule.endpoint, method, rule.rule, asked, case))
    return found
