"""Requests that nobody wrote: none crashes, and one that is refused changes nothing but traces."""

import os

from tests.hostile.generated import ROLES, run
from tests.hostile.table import rows
from tests.hostile.test_gets import SLOW

#: `make proof` sends more to each, from another start. One engine meets them all, the other what fits in the time.
NUMBER = {"sqlite": 2_000, "postgresql": 600}
SEED = int(os.environ.get("SEED", "3"))


def test_generated_requests_never_crash_and_refusals_change_nothing(peopled, record_property, request):
    number = int(os.environ.get("REQUESTS", NUMBER[request.config.getoption("--engine")]))
    report = run(peopled, number, SEED, slow=number // 5_000)
    assert report.wrong == []
    wanted = {(row.endpoint, row.method) for row in rows(peopled.app) if row.endpoint not in SLOW}
    assert wanted <= report.endpoints
    record_property("generated requests", report.asked)
    record_property("roles of generated requests", len(ROLES))
    for status, number in sorted(report.statuses.items()):
        record_property(f"answers with status {status}", number)


def test_nothing_catches_every_exception(app):
    """A crash is a crash: it reaches `got_request_exception`, the log and the 500 page, and no handler hides it."""
    handled = {
        kind for by_code in app.error_handler_spec.values() for kinds in by_code.values() for kind in kinds
    }  # fmt: skip
    assert not {Exception, BaseException, RuntimeError, ValueError, KeyError, LookupError, OSError} & handled
    assert {kind.__name__ for kind in handled} <= NAMED


#: Refusals of our own, the forgery check's, and what werkzeug raises on purpose.
NAMED = {"Refused", "CSRFError", "HTTPException", "NotDeclared"}


def test_a_crash_is_seen_by_the_watch(peopled, monkeypatch):
    """The figure 0 above means something: a view that breaks is counted."""

    def broken() -> str:
        raise ZeroDivisionError

    broken.public = True
    monkeypatch.setitem(peopled.app.view_functions, "public.start", broken)
    assert peopled.app.test_client().get("/").status_code == 500
    assert len(peopled.crashes) == 1
