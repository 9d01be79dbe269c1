"""Background work: what each kind of promised work does, and what comes round by the calendar.

At least once: a worker may die after the work and before the commit, so each kind can be run again without harm.
What a job writes is committed together with its end. On PostgreSQL a fleet of another make can drive `run`.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as TimeOfDay
from types import FrameType

from sqlalchemy.exc import OperationalError

from eoi import backup, exporting, printing
from eoi.extensions import db, now
from eoi.models.errand import Errand, ErrandKind, ErrandState
from eoi.models.outgoing import Outgoing, State
from eoi.rules.words import LONDON
from eoi.workflow import (
    anchoring,
    closing,
    delivery,
    erasing,
    errands,
    facts,
    keeping,
    links,
    notices,
    opinions,
    outgoing,
    packs,
    planning,
    provisions,
    releasing,
    reminding,
    retention,
    scanning,
    sign_ins,
    telling,
    throttling,
)

log = logging.getLogger(__name__)

Work = Callable[[Outgoing], None]
Task = Callable[[], None]

KINDS: dict[str, Work] = {}
CALENDAR: dict[str, Callable[[datetime], datetime]] = {}  # task -> its next moment after the one given

PAUSE = 0.5  # seconds between two looks at an empty queue
BETWEEN_TICKS = 10.0  # seconds between two looks at the calendar
PAUSE_WITHOUT_DATABASE = 5.0


def job(kind: str) -> Callable[[Work], Work]:
    """The function does the promised work of this kind. It may write, and never commits."""

    def register(work: Work) -> Work:
        KINDS[kind] = work
        return work

    return register


def every(*, minutes: int) -> Callable[[Task], Task]:
    """The task comes round every so many minutes. It is promised work like any other: leased, retried, kept."""
    return _scheduled(lambda moment: moment + timedelta(minutes=minutes))


def daily(*, at: TimeOfDay) -> Callable[[Task], Task]:
    """The task comes round once a day at this time in Kent, summer and winter."""

    def following(moment: datetime) -> datetime:
        local = moment.astimezone(LONDON)
        day = local.date() if local.time() < at else local.date() + timedelta(days=1)
        return datetime.combine(day, at, LONDON)

    return _scheduled(following)


def _scheduled(following: Callable[[datetime], datetime]) -> Callable[[Task], Task]:
    def register(task: Task) -> Task:
        CALENDAR[task.__name__] = following
        KINDS[task.__name__] = lambda _: task()
        return task

    return register


# What there is to do


@job("mail")
def mail(work: Outgoing) -> None:
    notices.deliver(work)


@job("eoi_pdf")
def eoi_pdf(work: Outgoing) -> None:
    printing.print_snapshot(work.payload["snapshot_id"])


@job(packs.JOB)
def panel_pack(work: Outgoing) -> None:
    """How far it is shows meanwhile, so it commits between; killed there, it is made anew from the start."""
    for _ in printing.print_pack(work.payload["pack_id"]):
        db.session.commit()


@job("notice_letter")
def notice_letter(work: Outgoing) -> None:
    printing.print_notice(work.payload["letter_id"])


@job("print_letter")
def print_letter(work: Outgoing) -> None:
    printing.print_letter(work.payload["letter_id"])


job(releasing.ISSUE)(releasing.issue)
job(releasing.TELL)(releasing.tell)


@job(closing.START)
def start_check(work: Outgoing) -> None:
    closing.start_check(work)


@job(retention.ERASE_CASE)
def erase_case(work: Outgoing) -> None:
    retention.erase_case(work)


@job(retention.ERASE_ACCOUNT)
def erase_account(work: Outgoing) -> None:
    retention.erase_account(work)


@job(errands.JOB)
def errand(work: Outgoing) -> None:
    """The next part of what somebody asked for many cases."""
    found = db.session.get(Errand, work.payload["errand_id"])
    if found is None or found.state is not ErrandState.UNDER_WAY:
        return
    if found.kind is ErrandKind.EXPORT:
        exporting.carry_on(found)
    else:
        errands.carry_on(found)


@job("index_cases")
def index_cases(_: Outgoing) -> None:
    facts.index_cases()


@job(erasing.JOB)
def delete_files(work: Outgoing) -> None:
    erasing.delete_files(work)


@job(scanning.JOB)
def scan_document(work: Outgoing) -> None:
    scanning.scan_held(work)


@every(minutes=60)
def scan_again() -> None:
    """Files still held, though the scanner was away longer than the queue waits."""
    scanning.try_again()


@every(minutes=5)
def close_rounds() -> None:
    """Checks that begin, because their round has closed."""
    closing.promise_checks()


@daily(at=TimeOfDay(7, 30))
def remind() -> None:
    """Schools before their round closes or an answer is due; who confirms, experts; unread letters; conditions."""
    reminding.remind_drafts()
    reminding.remind_answers()
    reminding.remind_signatories()
    telling.remind_unread()
    delivery.chase_conditions()
    opinions.remind_experts()
    planning.remind()


@daily(at=TimeOfDay(3, 0))
def tidy() -> None:
    """Old counts of tries, forms and links that nobody came back for, where sessions of long ago came from."""
    throttling.tidy()
    keeping.tidy()
    sign_ins.tidy()
    links.tidy()
    erasing.promise_files(errands.tidy(), f"exports {now().date().isoformat()}")
    exporting.tidy()
    erasing.promise_files(packs.tidy(), f"packs {now().date().isoformat()}")
    provisions.tidy()


@daily(at=TimeOfDay(4, 30))
def keep_to_schedule() -> None:
    """Whom it concerns is warned of what goes soon; what has come to its day goes, each piece on its own."""
    retention.warn()
    retention.promise_erasing()
    retention.forget_requests()


@daily(at=TimeOfDay(1, 30))
def back_up() -> None:
    """Tonight's backup, where there is a place for it; old ones go."""
    backup.daily()


@daily(at=TimeOfDay(2, 15))
def anchor() -> None:
    """The heads of all audit chains, to a file that can leave the machine."""
    anchoring.write(anchoring.folder())


# How it is done


def run(kind: str, id: int) -> None:
    """Do this promised work and commit its end: done, put off with the error, or failed."""
    work = db.session.get_one(Outgoing, id)
    if work.state is State.DONE:
        return
    try:
        KINDS[kind](work)
        outgoing.finish(work)
        db.session.commit()
    except Exception as error:  # whatever it is, it is kept with the work, and the worker goes on
        log.exception("%s %s failed", kind, id)
        db.session.rollback()
        outgoing.put_off(db.session.get_one(Outgoing, id), f"{type(error).__name__}: {error}")
        db.session.commit()


def step() -> bool:
    """Claim and do one piece of work; False when nothing was due."""
    work = outgoing.claim()
    db.session.commit()
    if work is None:
        return False
    if work.attempts > outgoing.MOST_ATTEMPTS:
        outgoing.put_off(work, "The worker died each time it tried this")
        db.session.commit()
    else:
        run(work.kind, work.id)
    return True


def tick() -> None:
    """Promise the scheduled tasks whose moment has come, each moment once."""
    for name, following in CALENDAR.items():
        if moment := outgoing.come_round(name, following(now())):
            outgoing.promise(name, f"{name} {moment.isoformat()}", {})
        db.session.commit()


def drain() -> int:
    """Do all that is due and return how much it was. Work that fails is put off, so this ends."""
    tick()
    done = 0
    while step():
        done += 1
    return done


def work_until_told() -> None:
    """The worker: until SIGTERM or SIGINT, which let the current job finish."""
    told = False

    def stop(_: int, __: FrameType | None) -> None:
        nonlocal told
        told = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    ticked = float("-inf")
    while not told:
        try:
            if time.monotonic() - ticked >= BETWEEN_TICKS:
                tick()
                ticked = time.monotonic()
            worked = step()
            db.session.remove()
            if not worked:
                time.sleep(PAUSE)
        except OperationalError:
            log.exception("The database does not answer; trying again")
            db.session.remove()
            time.sleep(PAUSE_WITHOUT_DATABASE)
