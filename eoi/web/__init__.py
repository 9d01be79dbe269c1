"""The pages: one package a user's world, inside it one noun a file, views and forms together."""

from flask import Blueprint, Flask

from eoi.rules import words
from eoi.web import (
    access,
    apply,
    auth,
    drawing,
    errors,
    layout,
    letters,
    local_offer,
    logs,
    need,
    panel,
    review,
    security,
)
from eoi.web.admin import access as access_requests
from eoi.web.admin import (
    delegations,
    failures,
    foi,
    home,
    invitations,
    logging,
    people,
    personal_data,
    redacting,
    retention,
    state,
    successors,
)
from eoi.web.admin import rounds as admin_rounds
from eoi.web.public import pages, rounds, schools

BLUEPRINTS: tuple[Blueprint, ...] = (
    pages.bp,
    schools.bp,
    rounds.bp,
    auth.bp,
    apply.bp,
    apply.links_bp,
    need.bp,
    local_offer.bp,
    review.bp,
    panel.bp,
    home.bp,
    invitations.bp,
    access_requests.bp,
    successors.bp,
    people.bp,
    delegations.bp,
    failures.bp,
    state.bp,
    admin_rounds.bp,
    logging.bp,
    letters.bp,
    retention.bp,
    personal_data.bp,
    foi.bp,
    redacting.bp,
)


def init_app(app: Flask) -> None:
    """Register every world of pages, and the words that all templates use."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for part in (logs, access, auth, layout, drawing, security, errors):
        part.init_app(app)
    for word in (words.label, words.long_date, words.date_and_time, words.clock_time, words.money, words.count_of):
        app.add_template_filter(word)
