"""Who may do what: the only page that says so. Routes, buttons and queries ask here.

A grant is (permission, role, relation). The relation says on which cases: the person's own school's,
those assigned to them and not in conflict, or any.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The roles of the review (domain §8). A school's people hold theirs through a membership of the school."""

    HEADTEACHER = "headteacher"
    EDITOR = "editor"
    SEN_OFFICER = "sen_officer"
    AEO = "aeo"
    ESTATES = "estates"
    FINANCE = "finance"
    SCORER = "scorer"
    PANEL_CHAIR = "panel_chair"
    HEAD_OF_SEN = "head_of_sen"
    DIRECTOR = "director"
    AUDITOR = "auditor"
    ADMIN = "admin"


ROLE_LABELS = {
    Role.HEADTEACHER: "Headteacher",
    Role.EDITOR: "School editor",
    Role.SEN_OFFICER: "SEN officer",
    Role.AEO: "Area education officer",
    Role.ESTATES: "Estates",
    Role.FINANCE: "Finance",
    Role.SCORER: "Scorer",
    Role.PANEL_CHAIR: "Panel chair",
    Role.HEAD_OF_SEN: "Head of SEN",
    Role.DIRECTOR: "Director",
    Role.AUDITOR: "Auditor",
    Role.ADMIN: "Administrator",
}


#: The roles that a membership of a school may carry; every other role is the council's.
SCHOOL_ROLES = frozenset({Role.HEADTEACHER, Role.EDITOR})


class Relation(StrEnum):
    """Which cases a grant reaches."""

    OWN = "own"
    ASSIGNED = "assigned"
    ANY = "any"


class Permission(StrEnum):
    """What an endpoint or a transition needs, in the council's words."""

    SIGNED_IN = "signed in"
    # the school
    DRAFT = "draft an expression of interest"
    DRAFT_AHEAD = "draft while access is being checked"
    SUBMIT = "submit an expression of interest"
    WITHDRAW = "withdraw an expression of interest"
    ANSWER = "answer the council's questions"
    READ_OWN = "read the school's own expression of interest"
    COLLEAGUES = "invite colleagues of the school"
    # the review
    REVIEW = "see the review"
    READ_CASE = "read a case"
    CHECK = "check completeness and eligibility"
    CONFIRM_SIFT = "confirm ineligible or not shortlisted"
    ASK = "ask the school"
    ADVISE = "ask experts for their opinion"
    SCORE = "score a case"
    SEE_SCORES = "see all scores"
    SEE_CONTACTS = "see how to reach the people of a school"
    MESSAGE = "write to the school"
    READ_TEAM = "read the comments of the case team"
    COMMENT = "comment on a case"
    FLAG = "flag a case"
    HOLD = "put a case on hold"
    VISIT = "record a visit"
    PANEL = "run the panel"
    DECIDE = "decide"
    DELEGATE = "delegate the decision"
    DRAFT_LETTER = "draft a letter"
    ISSUE_LETTER = "issue a letter"
    EDIT_WORDING = "edit the wording of letters"
    DELIVER = "record delivery"
    REVIEW_PROCESS = "review the process"
    REOPEN = "put a wrong move right"
    ASSIGN = "assign officers and scorers"
    LOG_FOR_SCHOOL = "log an expression of interest for a school"
    EXPORT = "export cases"
    # the council's data
    EDIT_ROUNDS = "edit rounds"
    EDIT_NEED = "edit need and council data"
    INVITE_SCHOOLS = "invite schools"
    MANAGE_USERS = "manage users"
    READ_AUDIT = "read the audit record"
    # people's rights over their data
    REDACT = "redact what tells of a child"
    PERSONAL_DATA = "handle personal data requests"
    FOI = "answer freedom of information requests"


P, R, Rel = Permission, Role, Relation
_STAFF_READERS = (R.SEN_OFFICER, R.AEO, R.PANEL_CHAIR, R.HEAD_OF_SEN, R.DIRECTOR, R.AUDITOR)

GRANTS: dict[Permission, dict[Role, Relation]] = {
    P.DRAFT: {R.HEADTEACHER: Rel.OWN, R.EDITOR: Rel.OWN},
    P.READ_OWN: {R.HEADTEACHER: Rel.OWN, R.EDITOR: Rel.OWN},
    P.ANSWER: {R.HEADTEACHER: Rel.OWN, R.EDITOR: Rel.OWN},
    P.SUBMIT: {R.HEADTEACHER: Rel.OWN},
    P.WITHDRAW: {R.HEADTEACHER: Rel.OWN},
    P.COLLEAGUES: {R.HEADTEACHER: Rel.OWN},
    P.REVIEW: {r: Rel.ANY for r in (*_STAFF_READERS, R.ESTATES, R.FINANCE, R.SCORER)},
    P.READ_CASE: {
        **{r: Rel.ANY for r in _STAFF_READERS},
        **{r: Rel.ASSIGNED for r in (R.SCORER, R.ESTATES, R.FINANCE)},
    },
    P.CHECK: {R.SEN_OFFICER: Rel.ANY},
    P.CONFIRM_SIFT: {R.HEAD_OF_SEN: Rel.ANY},
    P.ASK: {R.SEN_OFFICER: Rel.ANY},
    P.ADVISE: {R.SEN_OFFICER: Rel.ANY, R.AEO: Rel.ANY},
    P.SCORE: {R.SCORER: Rel.ASSIGNED},
    P.SEE_SCORES: {r: Rel.ANY for r in _STAFF_READERS},
    P.SEE_CONTACTS: {r: Rel.ANY for r in _STAFF_READERS},
    P.MESSAGE: {r: Rel.ANY for r in (R.SEN_OFFICER, R.AEO, R.HEAD_OF_SEN)},
    P.READ_TEAM: {r: Rel.ANY for r in (R.SEN_OFFICER, R.AEO, R.HEAD_OF_SEN, R.DIRECTOR, R.AUDITOR)},
    P.COMMENT: {
        **{r: Rel.ANY for r in _STAFF_READERS if r is not R.AUDITOR},
        **{r: Rel.ASSIGNED for r in (R.SCORER, R.ESTATES, R.FINANCE)},
    },
    P.FLAG: {r: Rel.ANY for r in _STAFF_READERS if r is not R.AUDITOR},
    P.HOLD: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.VISIT: {R.SEN_OFFICER: Rel.ANY, R.AEO: Rel.ANY},
    P.PANEL: {R.PANEL_CHAIR: Rel.ANY},
    P.DECIDE: {R.HEAD_OF_SEN: Rel.ANY},
    P.DELEGATE: {R.HEAD_OF_SEN: Rel.ANY, R.DIRECTOR: Rel.ANY},
    P.DRAFT_LETTER: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.ISSUE_LETTER: {R.HEAD_OF_SEN: Rel.ANY},
    P.EDIT_WORDING: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.DELIVER: {R.AEO: Rel.ANY, R.SEN_OFFICER: Rel.ANY},
    P.REVIEW_PROCESS: {R.DIRECTOR: Rel.ANY},
    P.REOPEN: {R.HEAD_OF_SEN: Rel.ANY},
    P.ASSIGN: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.LOG_FOR_SCHOOL: {R.SEN_OFFICER: Rel.ANY},
    P.EXPORT: {r: Rel.ANY for r in _STAFF_READERS},
    P.EDIT_ROUNDS: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.EDIT_NEED: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.INVITE_SCHOOLS: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.MANAGE_USERS: {R.ADMIN: Rel.ANY},
    P.READ_AUDIT: {R.AUDITOR: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY, R.ADMIN: Rel.ANY},
    P.REDACT: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
    P.PERSONAL_DATA: {R.ADMIN: Rel.ANY, R.DIRECTOR: Rel.ANY},
    P.FOI: {R.SEN_OFFICER: Rel.ANY, R.HEAD_OF_SEN: Rel.ANY},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it: a signed-in user, a person with a link, or the system.

    `roles` are the council roles; `schools` maps the URN of each confirmed membership to the role held there; `asked`
    holds the URNs of the schools where their place waits for an officer;
    `delegated` holds the ids of submissions decided on behalf of the Head of SEN (0 means every one, today).
    """

    kind: str  # "user", "link", "system", "nobody"
    id: int | None
    name: str
    email: str = ""
    roles: frozenset[Role] = frozenset()
    schools: tuple[tuple[int, Role], ...] = ()
    asked: frozenset[int] = frozenset()
    delegated: frozenset[int] = frozenset()

    @property
    def urns(self) -> frozenset[int]:
        return frozenset(urn for urn, _ in self.schools)

    @property
    def role_label(self) -> str:
        """The role as a page or the audit names it, the weightiest first."""
        held = [r for r in reversed(Role) if r in self.roles or any(r is s for _, s in self.schools)]
        if self.kind == "user" and not held:
            return "No role yet"
        return ROLE_LABELS[held[0]] if held else self.kind.capitalize()

    @property
    def is_staff(self) -> bool:
        return bool(self.roles)


SYSTEM = Actor("system", None, "The service")
NOBODY = Actor("nobody", None, "Nobody")


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the permission rules look at on a case."""

    id: int
    urn: int
    assigned: frozenset[int] = field(default_factory=frozenset)
    conflicted: frozenset[int] = field(default_factory=frozenset)
    being_logged: bool = False  # by an officer, for a school that wrote or called
    held_by: int | None = None  # who began it before anybody confirmed that they work there: theirs alone
    clear: frozenset[int] = field(default_factory=frozenset)  # who said that they have no conflict


def relation_of(actor: Actor, permission: Permission) -> set[Relation]:
    """The relations under which this actor holds this permission, whatever the case."""
    grants = GRANTS.get(permission, {})
    held = {grants[role] for role in actor.roles if role in grants}
    return held | {grants[role] for _, role in actor.schools if role in grants}


def may(actor: Actor, permission: Permission, case: CaseFacts | None = None) -> bool:
    """Whether the actor may do this, on this case where one is given.

    A conflict on the case takes every right of the review away from the person who has it. The recorded delegate
    of the Head of SEN decides and issues letters for the cases of the delegation. What a school fills in itself is
    never an officer's to log. Whose place at a school waits for an officer drafts what they began there themselves, and
    does nothing else with it; nobody else does anything with it, whoever they are.
    """
    if permission is P.SIGNED_IN:
        return actor.kind == "user"
    if actor.kind == "system":
        return True
    if permission is P.DRAFT_AHEAD or (case is not None and case.held_by is not None):
        return permission is P.DRAFT_AHEAD and _is_ahead(actor, case)
    if permission is P.LOG_FOR_SCHOOL and case is not None and not case.being_logged:
        return False
    grants = GRANTS[permission]
    if case is None:
        return bool(relation_of(actor, permission)) or (_stands_in(permission) and bool(actor.delegated))
    if any(grants.get(role) is Rel.OWN for urn, role in actor.schools if urn == case.urn):
        return True
    if actor.id in case.conflicted:
        return False
    if _stands_in(permission) and actor.delegated & {0, case.id}:
        return True
    held = {grants[role] for role in actor.roles if role in grants}
    return Rel.ANY in held or (Rel.ASSIGNED in held and actor.id in case.assigned)


def _is_ahead(actor: Actor, case: CaseFacts | None) -> bool:
    """Whether the person waits to be confirmed: at this case's school, where it is theirs."""
    if case is None:
        return bool(actor.asked)
    return case.held_by is not None and case.held_by == actor.id and case.urn in actor.asked


def _stands_in(permission: Permission) -> bool:
    return permission in (P.DECIDE, P.ISSUE_LETTER, P.READ_CASE, P.REVIEW, P.SEE_CONTACTS, P.READ_TEAM)
