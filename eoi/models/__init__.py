"""The tables, one noun a file. Importing this package knows them all, as migrations need."""

from eoi.models.audit import Access, AuditDetail, AuditEntry, AuditHead, Counter
from eoi.models.decision import Condition, Decision, Evidence, Reason
from eoi.models.delegation import Delegation
from eoi.models.errand import Errand, ErrandCase
from eoi.models.foi import FoiCase, FoiMark, FoiRequest
from eoi.models.kept_form import KeptForm
from eoi.models.letter import Letter, LetterTemplate, Pen, Release
from eoi.models.link import Link
from eoi.models.logged import Logged
from eoi.models.need import CouncilFigure, Invitation, NeedLine, NeedLinePast
from eoi.models.opinion import Opinion
from eoi.models.outgoing import Calendar, Outgoing
from eoi.models.panel import Pack, PanelItem, PanelMeeting
from eoi.models.planning import Closure, Guidance, Milestone, Renewal
from eoi.models.provision import ProblemReport, Provision, ProvisionChange
from eoi.models.retention import Hold, PersonErased, ProvisionEnd, Redaction, Tombstone, Warned
from eoi.models.review import Assignment, Clarification, Conflict, Record, Score
from eoi.models.round import Round, Strand
from eoi.models.saved_view import SavedView
from eoi.models.scenario import Scenario, ScenarioCase
from eoi.models.school import School
from eoi.models.search import CaseText
from eoi.models.sign_in import Identity, RecoveryCode, SecondFactor, SignIn
from eoi.models.submission import Declaration, Document, SectionAnswers, Snapshot, Submission
from eoi.models.talking import Attachment, Comment, Flag, Message, Pause, SchoolRequest
from eoi.models.throttle import Throttle
from eoi.models.user import Membership, User, UserRole
from eoi.models.visit import Visit

__all__ = [
    "Access", "Assignment", "Attachment", "AuditDetail", "AuditEntry", "AuditHead", "Calendar", "CaseText",
    "Clarification", "Closure", "Comment", "Condition", "Conflict", "CouncilFigure", "Counter", "Decision",
    "Declaration", "Delegation", "Document", "Errand", "ErrandCase", "Evidence", "Flag", "FoiCase", "FoiMark",
    "FoiRequest", "Guidance", "Hold", "Identity", "Invitation", "KeptForm", "Letter", "LetterTemplate", "Link",
    "Logged", "Membership", "Message", "Milestone", "NeedLine", "NeedLinePast", "Opinion", "Outgoing", "Pack",
    "PanelItem", "PanelMeeting", "Pause", "Pen", "PersonErased", "ProblemReport", "Provision", "ProvisionChange",
    "ProvisionEnd", "Reason", "Record", "RecoveryCode", "Redaction", "Release", "Renewal", "Round", "SavedView",
    "Scenario", "ScenarioCase", "School", "SchoolRequest", "Score",
    "SecondFactor", "SectionAnswers", "SignIn", "Snapshot", "Strand", "Submission", "Throttle", "Tombstone", "User",
    "UserRole", "Visit", "Warned",
]  # fmt: skip
