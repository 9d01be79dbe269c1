"""PDFs made in processes of their own, kept warm: WeasyPrint is slow to import and slower in threads.

The only way from web and worker to a PDF. Nothing starts before the first print, so web start-up stays quick.
"""

import logging
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from queue import LifoQueue

log = logging.getLogger(__name__)


class PrintFailed(Exception):
    """No PDF came: the markup broke the printer, took too long, or two printers in a row died."""


class _Died(Exception):
    """The child process is gone."""


class Printer:
    """A few warm processes that turn HTML into PDF/UA-1. Safe to share between threads; forked copies start afresh."""

    def __init__(self, children: int = 1, timeout: float = 60.0) -> None:
        """`timeout` in seconds is for one document; the first one also waits for WeasyPrint to load."""
        self._children = children
        self._timeout = timeout
        self._start_afresh()

    def pdf(self, html: str, timeout: float | None = None) -> bytes:
        """The document as PDF. Raises PrintFailed. A child that was killed is replaced, and asked once more."""
        if self._owner != os.getpid():
            self._start_afresh()
        child = self._idle.get()
        try:
            try:
                child = child or _Child()
                return child.pdf(html, timeout or self._timeout)
            except _Died:
                log.warning("A printing process died; trying once more in a new one")
                child = _Child()
                return child.pdf(html, timeout or self._timeout)
        except _Died as death:
            raise PrintFailed("Two printing processes died on one document") from death
        finally:
            self._idle.put(child if child and child.alive else None)

    def warm(self) -> None:
        """Start one child now and load WeasyPrint in it, for a process that knows it will print."""
        self.pdf('<html lang="en-GB"><title>Warm</title><p>Warm')

    def close(self) -> None:
        """End all children. The printer may be used again."""
        waiting = [self._idle.get() for _ in range(self._children)]
        for child in waiting:
            if child:
                child.end()
            self._idle.put(None)

    def _start_afresh(self) -> None:
        self._owner = os.getpid()
        self._idle: LifoQueue[_Child | None] = LifoQueue()
        for _ in range(self._children):
            self._idle.put(None)


class _Child:
    """One process. It ends when its parent's end of the pipe closes, however the parent ends."""

    def __init__(self) -> None:
        fresh = multiprocessing.get_context("spawn")
        self._pipe, theirs = fresh.Pipe()
        self._process = fresh.Process(target=_serve, args=(theirs,), name="printer", daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def pdf(self, html: str, timeout: float) -> bytes:
        try:
            self._pipe.send(html)
            if not self._pipe.poll(timeout):
                raise PrintFailed(f"The document took longer than {timeout:g} seconds to print")
            answer: bytes | str = self._pipe.recv()
        except (EOFError, OSError) as gone:
            self.end()
            raise _Died from gone
        except BaseException:  # also an interrupt: a late answer must never be taken for the next document's
            self.end()
            raise
        if isinstance(answer, str):
            raise PrintFailed(answer)
        return answer

    def end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection) -> None:
    """The child's life: HTML in, PDF out, or the reason why not as text."""
    from eoi.outbound.pdf import render_pdf  # slow: loads WeasyPrint, in the child only

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, and the closed pipe ends this
    while True:
        try:
            html = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(render_pdf(html))
        except Exception as problem:  # whatever the markup did, the next document prints
            pipe.send(f"{type(problem).__name__}: {problem}")
