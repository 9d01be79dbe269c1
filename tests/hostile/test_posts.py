"""Every form of the service, sent wrong in every way: a clear answer, no crash, and a refusal changes nothing."""

from contextlib import suppress

import pytest
from flask import url_for
from werkzeug.datastructures import MultiDict

from tests.hostile.forms import fields_of, mutations
from tests.pages import look_at
from tests.web.entering import enter

#: Endpoint -> (who sends it, the stage of the case it is about). A new form without a row here fails.
SENDERS: dict[str, tuple[str, str]] = {
    "admin_drafts.exception": ("olu", "exception"),
    "admin_rounds.edit": ("harriet", ""),
    "admin_rounds.new": ("olu", ""),
    "apply.answer": ("alice", "returned"),
    "apply.change": ("alice", "submitted"),
    "apply.declaration": ("alice", "draft"),
    "apply.eligible": ("alice", ""),
    "apply.exception": ("alice", "exception"),
    "apply.remove_document": ("alice", "draft"),
    "apply.section": ("alice", "draft"),
    "apply.send_detail": ("rita", "detail"),
    "apply.start": ("alice", ""),
    "apply.withdraw": ("alice", "submitted"),
    "auth.discard": ("alice", ""),
    "auth.forgotten": ("", ""),
    "auth.invitation": ("", ""),
    "auth.password": ("pam", ""),
    "auth.reset": ("", ""),
    "auth.sign_in": ("", ""),
    "auth.sign_in_to_demonstration": ("", ""),
    "auth.sign_out": ("pam", ""),
    "auth.sign_out_everywhere": ("dev", ""),
    "delegations.new": ("harriet", ""),
    "delegations.revoke": ("harriet", ""),
    "failures.try_again": ("ada", ""),
    "invitations.confirm": ("olu", ""),
    "invitations.invite": ("olu", ""),
    "letters.issue": ("harriet", "approved_with_conditions"),
    "letters.write": ("olu", "approved_with_conditions"),
    "links.confirm": ("", ""),
    "logging.correct": ("olu", "logged"),
    "logging.new": ("olu", ""),
    "logging.show": ("olu", "logged"),
    "logging.submit": ("olu", "logged"),
    "need.confirm": ("olu", ""),
    "need.upload": ("olu", ""),
    "panel.conflict": ("priya", "assessment"),
    "panel.lock": ("priya", "assessment"),
    "panel.score": ("priya", "assessment"),
    "people.invite": ("ada", ""),
    "people.invite_again": ("ada", ""),
    "people.leave": ("ada", ""),
    "people.roles": ("ada", ""),
    "people.sign_out": ("ada", ""),
    "people.switch": ("ada", ""),
    "review.ask": ("olu", "check"),
    "review.assign": ("olu", "assessment"),
    "review.decision": ("harriet", "with_head"),
    "review.extend": ("olu", "returned"),
    "review.extend_condition": ("aisha", "approved_with_conditions"),
    "review.meet_condition": ("aisha", "approved_with_conditions"),
    "review.move": ("olu", "check"),
    "review.proposals": ("harriet", "ineligible_proposed"),
    "review.put_right": ("harriet", "with_head"),
    "security.csp_reports": ("", ""),
}
#: Keeps what was typed although it is not yet right, so that nothing typed is ever lost.
KEEPS = {"apply.section"}
WORLDS = sorted({endpoint.partition(".")[0] for endpoint in SENDERS})


def forms_of(app):
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def address(app, world, endpoint, stage):
    rule = forms_of(app)[endpoint]
    args = {**world.args, "ref": world.cases.get(stage, ""), "public_id": world.public.get(stage, "")}
    if endpoint.startswith("need."):
        args["kind"] = "need"
    with app.test_request_context():
        return url_for(endpoint, **{name: args[name] for name in rule.arguments})


def test_every_form_is_in_the_table(app):
    assert set(SENDERS) == set(forms_of(app))


@pytest.mark.parametrize("part", WORLDS)
def test_bad_forms_are_answered_and_refusals_change_nothing(app, client, world, part):
    sent, changed = 0, []
    for endpoint in [name for name in SENDERS if name.startswith(part + ".")]:
        who, stage = SENDERS[endpoint]
        path = address(app, world, endpoint, stage)
        names = page_fields(client, world, who, path)
        before = world.digest()
        for form in mutations(names):
            answer = send(client, world, who, path, form)
            sent += 1
            after = world.digest() if answer.status_code >= 400 else before
            if after != before and endpoint not in KEEPS:
                changed.append((endpoint, form[:3], [t for t in after if after[t] != before[t]]))
            if answer.status_code < 400 or endpoint in KEEPS:
                before = world.digest()
    assert world.crashes == []
    assert changed == []
    assert sent > 20


def page_fields(client, world, who, path):
    if who:
        enter(client, world.people.by_name[who])
    page = client.get(path)
    return fields_of(page.text) if page.status_code == 200 and page.mimetype == "text/html" else ["version", "reason"]


def send(client, world, who, path, form):
    """Signed in afresh, since a form may have signed the person out. Every page that comes back is looked at."""
    if who:
        with suppress(KeyError):
            enter(client, world.people.by_name[who])
    answer = client.post(path, data=MultiDict(form), headers={"Accept": "text/html"})
    assert answer.status_code < 500, (path, form[:3])
    if answer.text and answer.mimetype == "text/html" and answer.status_code not in range(300, 400):
        look_at(answer.text, path, client.application)
    return answer
