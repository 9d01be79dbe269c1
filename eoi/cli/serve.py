"""The service running: web and worker side by side, or one of them alone. If either ends, both end."""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from sqlalchemy import select

from eoi import jobs
from eoi.cli import start
from eoi.extensions import db, today
from eoi.models import School, User
from eoi.outbound import logs

#: How long a page or a job that is under way may take to finish once told to stop.
GRACE_SECONDS = 20
STOPS = {signal.SIGTERM, signal.SIGINT}
PR_SET_PDEATHSIG = 1  # Linux: the signal a child gets when its parent dies


@click.command()
@click.option("--prepare", is_flag=True, help="First back up and migrate, and fill an empty demonstration.")
@click.option("--web-only", is_flag=True, help="Without the worker, where that is a service of its own.")
@with_appcontext
def serve(prepare: bool, web_only: bool) -> None:
    """Serve the pages, with the worker beside them."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    logs.configure(app.config["LOG_FORMAT"])
    start.check_port(app.config["HOST"], app.config["PORT"])
    if prepare:
        click.get_current_context().invoke(start.prepare)
    start.check_database()
    welcome = "\n".join(welcome_lines())
    db.session.remove()
    db.engine.dispose()  # each process opens its own connections
    parts: list[Callable[[], None]] = [lambda: Web(app, welcome).run()]
    if not web_only:
        parts.append(lambda: work_beside(app))
    sys.exit(supervise(parts))


@click.command()
@click.option("--once", is_flag=True, help="Do what is due, and end.")
@with_appcontext
def worker(once: bool) -> None:
    """Do the promised work: mail, documents, the calendar."""
    logs.configure(current_app.config["LOG_FORMAT"])
    start.check_database()
    if once:
        click.echo(f"Done: {jobs.drain()}")
    else:
        work()


class ServerLogs(Logger):
    """What gunicorn has to say goes where everything goes, in the same form. The requests are logged by the pages."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Web(BaseApplication):
    """Gunicorn around the application that is loaded already."""

    def __init__(self, app: Flask, welcome: str):
        self.app, self.welcome = app, welcome
        super().__init__()

    def load_config(self) -> None:
        config = self.app.config
        # Threads, so that the idle connections a browser opens ahead do not hold a process; documents that take the
        # processor for long are made by the worker.
        for key, value in {
            "bind": f"{config['HOST']}:{config['PORT']}",
            "workers": config["WEB_PROCESSES"],
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 60,
            # Bytes of an address, headers of a request, bytes of a header: more is refused before it is parsed.
            "limit_request_line": 4094,
            "limit_request_fields": 60,
            "limit_request_field_size": 8190,
            "graceful_timeout": GRACE_SECONDS,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            "logger_class": ServerLogs,
            "when_ready": lambda _: click.echo(self.welcome),
        }.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        return self.app


def work_beside(app: Flask) -> None:
    """The worker's life beside the web: mail that nobody sends goes to a file, so that the welcome stays in sight."""
    with mail_log(app).open("a") as log, redirect_stdout(log):
        mail_log(app).chmod(0o600)
        work()


def mail_log(app: Flask) -> Path:
    """Where mail is written when there is no mail server."""
    return Path(app.config["DATA_DIR"]) / "mail.log"


def work() -> None:
    """The worker's life."""
    jobs.work_until_told()


def supervise(parts: Iterable[Callable[[], None]]) -> int:
    """Run each part in a process of its own until one ends or we are told to stop; then end the others.

    Returns the exit status: 0 where we were told, otherwise that of the part that ended by itself, never 0.
    """
    children: set[int] = set()
    told = False

    def stop(_: int = 0, __: FrameType | None = None) -> None:
        nonlocal told
        told = True
        tell(children, signal.SIGTERM)

    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # a signal that comes now waits until every part is there
    children.update([fork(part) for part in parts])
    for number in STOPS:
        signal.signal(number, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    ended, status = os.wait()
    by_itself = not told
    children.discard(ended)
    stop()
    wait_for(children)
    return (os.waitstatus_to_exitcode(status) or 1) if by_itself else 0


def fork(part: Callable[[], None]) -> int:
    """Start a part in a child process and return its id. The child ends when its parent does."""
    parent = os.getpid()
    if child := os.fork():
        return child
    status = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        if os.getppid() == parent:
            part()
            status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        logging.getLogger(__name__).exception("A part of the service failed")
    finally:
        sys.stdout.flush()
        os._exit(status)


def tell(children: set[int], number: signal.Signals) -> None:
    """Send the signal to those that are still there."""
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, number)


def wait_for(children: set[int]) -> None:
    """Wait until these have ended; kill what has not when the time of grace is over."""
    deadline = time.monotonic() + GRACE_SECONDS + 5
    while children:
        ended, _ = os.waitpid(-1, os.WNOHANG)
        children.discard(ended)
        if not ended:
            time.sleep(0.02)
        if time.monotonic() > deadline:
            tell(children, signal.SIGKILL)
            deadline = float("inf")


def welcome_lines() -> Iterator[str]:
    """What a newcomer needs to see: the address, and who can sign in to a demonstration."""
    yield f"Ready on {current_app.config['SITE_URL']}  (Ctrl-C stops)"
    if current_app.config["SMTP_URL"].startswith("console:"):
        yield f"Mail is not sent, it is written to {mail_log(current_app)}"
    if not current_app.config["DEMONSTRATION"]:
        return
    yield "Demonstration accounts, all with the password demonstration-only:"
    able = User.demonstration & User.password_hash.is_not(None)
    for user in db.session.scalars(select(User).where(able).order_by(User.id)):
        actor = user.actor(today())
        schools = [db.session.get_one(School, urn).name for urn, _ in actor.schools]
        yield f"  {user.email:<28} " + ", ".join([user.name, actor.role_label, *schools])
