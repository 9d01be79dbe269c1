"""One warm printer for all tests of print."""

from collections.abc import Iterator

import pytest

from eoi.outbound.pdf_pool import Printer


@pytest.fixture(scope="session")
def printer() -> Iterator[Printer]:
    printer = Printer(children=1)
    yield printer
    printer.close()
