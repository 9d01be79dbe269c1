"""A log line is one JSON object, without addresses and without the words of exceptions."""

import json
import logging

import pytest

from eoi.outbound import logs


@pytest.fixture
def logged():
    """What a record becomes as a line."""

    def line(message: str, *arguments: object, error: BaseException | None = None, **facts: object) -> dict:
        exc_info = (type(error), error, error.__traceback__) if error else None
        record = logging.LogRecord("eoi.test", logging.WARNING, __file__, 1, message, arguments, exc_info)
        record.facts = facts
        text = logs.JsonLines().format(record)
        assert "\n" not in text
        return json.loads(text)

    return line


def test_line_says_when_how_bad_where_and_what(logged):
    line = logged("%s of %s", 2, 3, status=200)
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "warning", "logger": "eoi.test", "event": "2 of 3", "status": 200}


@pytest.mark.parametrize("address", ["alice.o'dea+x@school.kent.example", "192.0.2.17", "2001:db8::8a2e:370:7334"])
def test_addresses_are_struck_out(logged, address):
    assert logged("from %s refused", address)["event"] == "from [address] refused"


@pytest.mark.parametrize("words", ["at 12:30:05", "version 2.1.0", "eoi.web.logs:12", "Error 0A1B2C3D4E at GET start"])
def test_what_only_looks_like_an_address_stays(logged, words):
    assert logged(words)["event"] == words


def test_exception_is_told_by_kind_and_place_never_by_its_words(logged):
    try:
        try:
            int("Alice Marker")
        except ValueError as wrong:
            raise KeyError("Alice Marker") from wrong
    except KeyError as error:
        line = logged("Error", error=error)
    assert "Marker" not in json.dumps(line)
    kinds = [told for told in line["exception"] if ":" not in told]
    assert kinds == ["ValueError", "KeyError"]
    assert line["exception"][-1].endswith(" test_exception_is_told_by_kind_and_place_never_by_its_words")


def test_configuration_says_which_logs_go_where():
    root, ours = logging.getLogger(), logging.getLogger("eoi")
    before = root.handlers[:], root.level, ours.level
    try:
        logs.configure("json")
        assert (len(root.handlers), root.level, ours.level) == (1, logging.WARNING, logging.INFO)
        assert isinstance(root.handlers[0].formatter, logs.JsonLines)
        logs.configure("text")
        assert (len(root.handlers), root.level, ours.level) == (1, logging.WARNING, logging.WARNING)
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        ours.setLevel(before[2])
