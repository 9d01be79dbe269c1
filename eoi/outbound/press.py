"""The printer of this process, kept warm, and the store that prints go to."""

from eoi.outbound import files
from eoi.outbound.pdf_pool import Printer

_printer = Printer()


def print_pdf(html: str) -> bytes:
    """The document as PDF/UA-1, made in a process beside this one. Raises PrintFailed."""
    return _printer.pdf(html)


def print_and_keep(html: str, files_url: str, timeout: float | None = None) -> str:
    """Print, store, and return the SHA-256 that the file is kept under. `timeout` is in seconds, where it is long."""
    return files.open_store(files_url).put(_printer.pdf(html, timeout))
