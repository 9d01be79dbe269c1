"""People of a school come together: one asks for access, a colleague is invited, and those with a link confirm."""

from collections.abc import Iterable

from eoi.rules.words import Step
from tests.browser.walk import NAMES, PASSWORD, Person, Walk
from tests.browser.walk_cast import Council
from tests.browser.walk_school import School


def ask_for_access(walk: Walk, head: School, council: Council, urn: int) -> None:
    """From the request to the home page: the address confirmed by its link, the place by an officer."""
    head.open("/")
    head.picture("start")
    head.press("Sign in")
    head.press("I work at a school and have no account: ask for access")
    head.pen.school("urn", urn, head.called)
    head.pen.type("name", NAMES[head.name])
    head.pen.choose("role", "headteacher")
    head.pen.type("email", head.email)
    head.press("Send the link")
    assert head.reads == "Check your email"
    walk.post.deliver()
    head.follow_mail("Confirm your email address")
    head.pen.type("new_password", PASSWORD)
    head.press("Confirm my address")
    assert head.reads == f"We are checking that you work at {head.called}"
    council.olu.open("/admin/access")
    council.olu.press(f"Confirm {NAMES[head.name]}")
    council.olu.sees(f"{NAMES[head.name]} now has access")
    walk.post.deliver()
    head.follow_mail("You have access for")
    assert head.reads == "Your expressions of interest"


def bring_in(walk: Walk, head: School, editor: School) -> None:
    """The headteacher invites a colleague, who chooses a password and sees what the headteacher sees."""
    head.open("/apply/colleagues")
    head.press("Invite a colleague")
    head.pen.type("name", NAMES[editor.name])
    head.pen.type("job_title", "SENCO")
    head.pen.type("email", editor.email)
    head.press("Send the invitation")
    walk.post.deliver()
    editor.follow_mail("Set up your account")
    editor.pen.type("new_password", PASSWORD)
    editor.press("Save and sign in")


def share_the_work(head: School, editor: School, page: str) -> None:
    """The colleague fills in one page, and the headteacher reads who did."""
    editor.home = head.home
    editor.open(f"{head.home}/{page}")
    editor.fill_section(page, editor.invented(Step.EOI)[page])
    head.open(f"{head.home}/{page}")
    head.sees(f"by {NAMES[editor.name]}")
    head.open(head.home)


def confirm_by_link(walk: Walk, who: str, name: str, by_keyboard: bool) -> None:
    """Who has no account reads the expression of interest and confirms it."""
    walk.post.deliver()
    one = Person(walk, who, by_keyboard=by_keyboard)
    one.follow_mail("asks you to confirm")
    one.pen.choose("answer", "yes")
    one.pen.type("name", name)
    for part, typed in (("day", "10"), ("month", "11"), ("year", "2026")):
        one.pen.type(f"minute-{part}", typed)
    one.press("Send your answer")
    assert one.reads == "Confirmed"


def see_who_is_missing(head: School, roles: Iterable[str]) -> None:
    """The headteacher reads whose confirmation is still to come."""
    head.open(f"{head.home}/signatures")
    for role in roles:
        head.sees(role)
