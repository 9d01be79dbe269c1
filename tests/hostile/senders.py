"""Every form of the service: who sends it, where it is found, and what makes it honest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask, url_for

from tests.hostile.making import Made
from tests.outbound.test_documents import jpg, png
from tests.people import ELSEWHERE, HOPEFIELD, RIVERSIDE

LINES = (
    b"Year,District,Need,Phase,Path,Places sought,Source,As at,Illustrative\n"
    b"2027-28,Ashford,Autism,Primary,SRP,30,Plan,31/03/2026,no\n"
)
LIST = f"URN,Headteacher,Email\n{HOPEFIELD},Nora New,nora@hopefield.example\n".encode()
STRANDS = r"strand-[a-z_-]+(?=-(openness|note|reference))"
NEW_PASSWORD = "seven quiet tractors"


@dataclass(frozen=True)
class Sender:
    """How an honest person sends this form.

    `page` is the address of the page it is on, where that is not its own; `args` parts of addresses; `fill` what the
    page does not hold already; `file` (field, name, content); `answers` the status of the honest answer. `again` says
    why the same form may have its effect twice. One that `keeps` saves what is right of a form that it refuses.
    """

    who: str = ""
    case: str = ""
    page: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, str | None] = field(default_factory=dict)
    file: tuple[str, str, bytes] | None = None
    query: str = ""
    answers: int = 302
    alike: str = ""
    again: str = ""
    keeps: bool = False


def day(name: str, year: int) -> dict[str, str]:
    """15 January of this year."""
    return {f"{name}-day": "15", f"{name}-month": "1", f"{name}-year": str(year)}


S = Sender
FRESH = "each sends a fresh link"
LOGGED = {"urn": str(ELSEWHERE), "round": "later", "path": "satellite", "need": "asd", "phase": "primary"}
SENDERS: dict[str, Sender] = {
    "access_requests.confirm": S("olu", page="access_requests.index", args={"membership_id": "asking"}),
    "access_requests.refuse": S("olu", args={"membership_id": "asking"}),
    "auth.access": S(args={"token": "access"}, fill={"new_password": NEW_PASSWORD}),
    "auth.ask_access": S(again=FRESH, fill={"urn": str(HOPEFIELD), "name": "Nell Price", "role": "headteacher",
                                            "job_title": "", "email": "nell@hopefield.example"}),
    "auth.sign_in_link": S(fill={"email": "alice@example.org"}, again=FRESH),
    "auth.use_sign_in_link": S(args={"token": "sign_in"}),
    "successors.move": S("olu", args={"urn": "closed"}),
    "review.exception": S("olu", "asked"),
    "admin_rounds.edit": S("harriet", args={"slug": "autumn-2026"}, alike=STRANDS,
                           fill={"events-0-link": "https://kent.example/briefing"}),
    "admin_rounds.new": S("olu", alike=STRANDS,
                          fill={"closes": "day", "strand-srp-asd-primary-openness": "open",
                                "events-0-link": "https://kent.example/briefing",
                                **day("closes_on", 2028), **day("decisions_by", 2029)}),
    "apply.answer": S("alice", "returned"),
    "apply.change": S("alice", "submitted"),
    "apply.messages": S("sam", "issued"),
    "apply.read_messages": S("sam", "issued", page="apply.messages"),
    "apply.wish": S("sam", "issued", args={"wish": "proceed"}),
    "apply.ask_to_sign": S("alice", "unsigned", args={"role": "chair"},
                           fill={"name": "Chris Chair", "email": "cora@governors.example"}),
    "apply.remind_to_sign": S("alice", "unsigned", args={"role": "chair"}, page="apply.signatures"),
    "apply.declaration": S("alice", "draft"),
    "apply.eligible": S("rita", args={"slug": "later"},
                        query=f"school={RIVERSIDE}&path=satellite&need=semh&phase=secondary"),
    "apply.exception": S("alice", "exception"),
    "apply.hand_over": S("alice", "draft", fill={"lead": "ed"}),
    "apply.invite_colleague": S("alice", fill={"name": "Nell Price", "email": "nell@hopefield.example"}),
    "apply.remove_colleague": S("alice", args={"membership_id": "editor"}),
    "apply.replace_document": S("alice", "draft", file=("file", "plan.jpg", jpg()), answers=302,
                                fill={"floor_plan-no-pupil-data": "y"}),
    "apply.remove_document": S("alice", "draft"),
    "apply.section": S("alice", "draft", args={"key": "offer"}, keeps=True, again="saves the same answers"),
    "apply.send_detail": S("rita", "detail", page="apply.check"),
    "apply.start": S("alice", args={"slug": "later"}),
    "apply.take_over": S("alice", "beside", page="apply.show", again="there is nothing left to copy"),
    "apply.withdraw": S("alice", "submitted"),
    "auth.confirm_it_is_you": S("rita", answers=422),
    "auth.discard": S("alice", page="auth.kept", args={"token": "kept"}),
    "auth.end_session": S("alice", page="auth.signed_in", args={"sign_in_id": "session"}),
    "auth.forgotten": S(fill={"email": "pam@example.org"}, again=FRESH),
    "auth.invitation": S(args={"token": "invitation"}, fill={"new_password": NEW_PASSWORD}),
    "auth.password": S("alice", answers=200),
    "auth.remove_factor": S("rita", page="auth.account"),
    "auth.renew_codes": S("alice", page="auth.account", answers=422),
    "auth.reset": S(args={"token": "reset"}, fill={"new_password": NEW_PASSWORD}),
    "auth.second_step": S(),
    "auth.set_up": S("dev", answers=422),
    "auth.sign_in": S(fill={"email": "alice@example.org"}, answers=422),
    "auth.sign_in_to_demonstration": S(fill={"as": "alice@example.org"}, answers=404),
    "auth.sign_out": S("pam", page="auth.account"),
    "auth.sign_out_everywhere": S("alice", page="auth.signed_in", again="ends what began meanwhile"),
    "auth.stay": S("alice", page="auth.account", answers=200),
    "delegations.new": S("harriet", fill={"to": "oscar", "reference": "", **day("starts_on", 2027),
                                          **day("ends_on", 2027)}),
    "delegations.revoke": S("harriet", page="delegations.index", args={"delegation_id": "delegation"}),
    "failures.try_again": S("ada", page="failures.index", args={"work_id": "work"}),
    "foi.item": S("olu", "issued", args={"request_id": "foi"}, query="item=answer%20summary_100",
                  fill={"decision": "withheld", "exemption": "s43"}),
    "foi.new": S("olu", fill={"cases": "EOI-2026-0001", **day("received_on", 2026), "received_on-month": "11"}),
    "foi.show": S("olu", args={"request_id": "foi"}, fill={"answer": "partly", **day("answered_on", 2026),
                                                           "answered_on-month": "11"}),
    "invitations.confirm": S("olu", page="invitations.invite", file=("file", "x.csv", LIST)),
    "invitations.invite": S("olu", file=("file", "x.csv", LIST), answers=200),
    "apply.send_evidence": S("sam", "issued", args={"number": "9"}, page="apply.conditions", answers=200,
                             fill={"file-9-no-pupil-data": "y"}),
    "letters.edit_wording": S("olu", args={"slug": "later", "kind": "returned", "which": "all"}, fill={"case": ""}),
    "letters.end": S("harriet", "issued", fill={"how": "withdraw"}),
    "letters.release": S("harriet", args={"slug": "lettered"}, fill={"goes_out_on-day": "", "goes_out_on-month": "",
                                                                  "goes_out_on-year": ""}),
    "letters.release_again": S("harriet", page="letters.progress", args={"release_id": "release"},
                               again="promises once more what is not issued yet"),
    "letters.remove_signature": S("harriet", page="letters.signature", again="there is nothing left to forget"),
    "letters.signature": S("harriet", file=("file", "pen.png", png())),
    "letters.verify": S(fill={"number": "EOI-2026-0001/L1"}, file=("file", "letter.pdf", b"%PDF-1.7 no letter"),
                        answers=200),
    "review.condition_not_met": S("aisha", "issued", args={"number": "9"}),
    "letters.hand_over": S("olu", "drafted", page="letters.show"),
    "letters.issue": S("harriet", "conditions"),
    "letters.overrule": S("olu", "doubted"),
    "letters.write": S("olu", "conditions"),
    "links.advise": S(args={"token": "advise"}, fill={"view": "supports", "text": "Good value."}),
    "links.confirm": S(args={"token": "confirm"}),
    "links.partner": S(args={"token": "partner"}, fill={"answer": "yes", "name": "Morgan Vale", **day("minute", 2026)}),
    "links.sign": S(args={"token": "sign"}, fill={"answer": "yes", "name": "Chris Chair", **day("minute", 2026)}),
    "local_offer.problem": S(args={"entry": "provision"}, again="each is a report"),
    "need.handle_problem": S("olu", args={"number": "problem"}),
    "logging.correct": S("olu", "unconfirmed", page="logging.show"),
    "logging.new": S("olu", fill={**LOGGED, **day("received_on", 2026), "received_on-month": "11"}),
    "logging.show": S("olu", "unconfirmed", again=FRESH),
    "logging.submit": S("olu", "logged", fill=day("chair_minute", 2026)),
    "need.confirm": S("olu", page="need.upload", args={"kind": "need"}, file=("file", "x.csv", LINES)),
    "need.upload": S("olu", args={"kind": "need"}, file=("file", "x.csv", LINES), answers=200),
    "need.edit_provision": S("olu", args={"entry": "provision"}, fill={"partner_urn": ""}),
    "need.line": S("olu", args={"number": "line"}),
    "need.new_closure": S("olu", fill={**day("starts_on", 2027), **day("ends_on", 2027)}),
    "need.new_figure": S("olu", fill={"key": "dfe", "value": "14", **day("from_on", 2027)}),
    "need.new_line": S("olu", fill={"district": "E07000105", "year": "2027", "need": "semh", "phase": "primary",
                                    "path": "srp", "places": "8", **day("as_at", 2026)}),
    "need.new_provision": S("olu", fill={"urn": str(RIVERSIDE), "path": "srp", "need": "hi", "phase": "primary",
                                         "state": "existing", "partner_urn": ""}),
    "need.edit_scenario": S("olu", args={"number": "scenario"}, fill={"round_id": ""}),
    "need.new_scenario": S("olu", fill={"name": "Another", "revenue_budget": "900000"}),
    "need.renew": S("olu", "submitted", fill={"round": "later"}, answers=200),
    "need.tick": S("olu", page="need.scenario", args={"number": "scenario"}),
    "need.remove_line": S("olu", args={"number": "line"}),
    "panel.conflict": S("pam", "assessment"),
    "panel.lock": S("pete", "assessment"),
    "panel.ask_pack": S("audrey", page="panel.meeting", args={"meeting_id": "meeting"}),
    "panel.close": S("cleo", page="panel.meeting", args={"meeting_id": "meeting"}),
    "panel.declare": S("dev", args={"meeting_id": "meeting"}),
    "panel.item": S("cleo", "panel", args={"meeting_id": "meeting"},
                    fill={"minute": "Well led.", **{f"agreed-C{n}": None for n in range(1, 8)}}),
    "panel.plan": S("cleo", fill=day("held_on", 2027)),
    "panel.register": S("cleo", args={"meeting_id": "meeting"}),
    "panel.reopen": S("cleo", "panel", args={"user_id": "priya"}),
    "panel.score": S("priya", "assessment"),
    "people.invite": S("ada", fill={"urn": "", "role": None}),
    "people.invite_again": S("ada", page="people.person", args={"user_id": "ivy"}, again=FRESH),
    "people.leave": S("ada", page="people.person", args={"user_id": "sam", "urn": str(ELSEWHERE)}),
    "people.reset_second_step": S("ada", args={"user_id": "sam"}),
    "people.roles": S("ada", args={"user_id": "audrey"}),
    "people.sign_out": S("ada", page="people.person", args={"user_id": "audrey"}, again="ends what began meanwhile"),
    "people.switch": S("ada", args={"user_id": "audrey", "which": "off"}),
    "personal_data.correct": S("ada", args={"user_id": "audrey"}, fill={"name": "Audrey Right"}),
    "personal_data.erase": S("ada", args={"user_id": "ivy"}, fill={"sure": "y"}),
    "personal_data.index": S("ada", fill={"email": "nobody@example.org"}, answers=200),
    "redacting.redact": S("olu", "returned", fill={"sure": "y"}),
    "retention.ended": S("ada", "issued", fill={"deed": "yes", **day("ended_on", 2026)}, answers=422),
    "retention.erase": S("ada", "submitted", fill={"sure": "y"}),
    "retention.hold": S("ada", "issued", fill=day("review_on", 2028)),
    "retention.lift": S("ada", "draft", page="retention.show"),
    "review.ask": S("olu", "check", args={"kind": "information"}),
    "review.ask_opinion": S("olu", "panel", again="each sends a fresh link",
                            fill={"name": "Fran Finch", "email": "fran@finance.example", "expert": "forum",
                                  "shared": "panel", **day("due_on", 2027)}),
    "review.remind_opinion": S("olu", "panel", page="review.reviewed", args={"opinion_id": "opinion"}),
    "review.revoke_opinion": S("olu", "panel", args={"opinion_id": "opinion"}),
    "review.visit": S("olu", "visit", fill=day("visited_on", 2026), keeps=True, again="saves the same notes"),
    "review.clear_flag": S("olu", "issued", args={"number": "flag"}),
    "review.close_question": S("olu", "returned", args={"number": "question"}),
    "review.comments": S("olu", "issued"),
    "review.flag": S("olu", "issued"),
    "review.hold": S("olu", "check"),
    "review.messages": S("olu", "issued"),
    "review.read_messages": S("olu", "issued", page="review.messages"),
    "review.settle_request": S("olu", "issued", args={"number": "request"}, fill=day("done_on", 2026)),
    "review.assign": S("olu", "check"),
    "review.decide_round": S("harriet", fill=day("needed_by", 2028)),
    "review.decision": S("harriet", "with_head", fill={"step": "record"}),
    "review.extend": S("olu", "returned", args={"number": "question"}),
    "review.extend_condition": S("aisha", "conditions", args={"number": "1"}, fill=day("due_on", 2028)),
    "review.hand_over_from": S("olu", args={"user_id": "pete"}),
    "review.meet_condition": S("aisha", "conditions", args={"number": "1"}, fill=day("met_on", 2026)),
    "review.make_plan": S("aisha", "issued", fill=day("opening", 2029)),
    "review.milestone": S("aisha", "issued", args={"mark": "opening"}, fill={**day("expected_on", 2029),
                          "actual_on-day": "", "actual_on-month": "", "actual_on-year": ""}),
    "review.move": S("olu", "check", args={"action": "shortlist"}),
    "review.proposals": S("harriet"),
    "review.put_right": S("harriet", "with_head"),
    "review.bulk_assign": S("olu", query="all=1", fill={"officer": "oscar"}),
    "review.bulk_ask": S("olu", query="stage=check&all=1", fill={"ask-offer": "places"}),
    "review.bulk_flag": S("olu", query="stage=check&all=1", fill={"reason": "A second look."},
                          again="tells that the flags are up already"),
    "review.bulk_move": S("harriet", query="stage=ineligible_proposed&all=1", fill={"reason": "A mistake."}),
    "review.export_new": S("olu", query="stage=check", again="makes the same file again"),
    "review.mark_read": S("olu", page="review.dashboard", again="has read it already"),
    "review.share_out": S("olu"),
    "review.view_edit": S("olu", args={"number": "view"}, fill={"name": "Mine"}, again="saves the same view"),
    "review.view_new": S("olu", query="stage=check", fill={"name": "Checks"}, again="saves the same view"),
    "review.view_remove": S("olu", args={"number": "view"}, page="review.view_edit"),
    "security.csp_reports": S(answers=400),
}  # fmt: skip


def posts(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def named(made: Made, value: str) -> str:
    """The id or token that goes by this name in the world, or the value itself."""
    return str(made.ids.get(value, made.tokens.get(value, value)))


def parts_of(app: Flask, made: Made, endpoint: str, sender: Sender) -> dict[str, str]:
    """The parts of the address of this endpoint, of the case that the sender is at."""
    at = {
        "ref": made.refs.get(sender.case, ""), "public_id": made.public.get(sender.case, ""),
        "document_id": made.documents.get(sender.case, ""), "letter_id": made.letters.get(sender.case, ""),
        "name": made.letters.get(sender.case, ""), **{part: named(made, v) for part, v in sender.args.items()},
    }  # fmt: skip
    wanted = set().union(*(rule.arguments for rule in app.url_map.iter_rules(endpoint)))
    return {name: at[name] for name in sorted(wanted)}


def address(app: Flask, endpoint: str, parts: Mapping[str, str], query: str = "") -> str:
    with app.test_request_context():
        return url_for(endpoint, **parts) + (f"?{query}" if query else "")
