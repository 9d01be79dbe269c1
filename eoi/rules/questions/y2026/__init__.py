"""The form of 2026: the tasks of its two steps, in order. Released: a change of it is a new form."""

from eoi.rules.questions.types import Form
from eoi.rules.questions.y2026.disclosure import DISCLOSURE
from eoi.rules.questions.y2026.documents import DOCUMENTS
from eoi.rules.questions.y2026.inclusion import APPROACH, DAILY, INCLUSION, SUPPORT
from eoi.rules.questions.y2026.money import COST, HELD_BUDGET, MONEY
from eoi.rules.questions.y2026.need import HELD_INSPECTION, HELD_PUPILS, NEARBY, NEED
from eoi.rules.questions.y2026.offer import EXISTING, GROWTH, OFFER, PARTNER, SUMMARY
from eoi.rules.questions.y2026.readiness import DFE, READINESS
from eoi.rules.questions.y2026.school import AGREEMENT, CONTACTS, GOVERNORS, SCHOOL, STANDING
from eoi.rules.questions.y2026.site import BUILDING, ROOMS, SITE
from eoi.rules.questions.y2026.staffing import HOSTING, LEADERSHIP, STAFF

FORM = Form(
    "y2026",
    (
        # the expression of interest
        SCHOOL,
        CONTACTS,
        GOVERNORS,
        STANDING,
        SUMMARY,
        OFFER,
        EXISTING,
        PARTNER,
        NEED,
        INCLUSION,
        DAILY,
        LEADERSHIP,
        ROOMS,
        SITE,
        COST,
        DISCLOSURE,
        # the detail
        AGREEMENT,
        HELD_PUPILS,
        HELD_INSPECTION,
        HELD_BUDGET,
        GROWTH,
        NEARBY,
        APPROACH,
        SUPPORT,
        STAFF,
        HOSTING,
        BUILDING,
        MONEY,
        READINESS,
        DFE,
        DOCUMENTS,
    ),
)
