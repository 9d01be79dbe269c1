import smtplib
from datetime import UTC, datetime
from email.headerregistry import Address

import pytest

from eoi.outbound import mail
from tests.mailbox import free_port, open_mailbox


def message(**changes):
    facts = {
        "to": "alice@school.example",
        "subject": "A letter about EOI-2026-0001",
        "text": "Dear Alice,\nschön ist das\n",
        "html": "<p>Dear Alice</p>",
        "sender": Address("SEN team", addr_spec="sen@kent.example"),
        "message_id": "<abc@kent.example>",
        "date": datetime(2026, 11, 24, 10, tzinfo=UTC),
    }
    return mail.compose(**{**facts, **changes})


def test_send_reaches_the_mailbox_with_both_parts():
    with open_mailbox() as mailbox:
        mail.send(message(), mailbox.url)
    (arrived,) = mailbox.messages
    assert arrived["To"] == "alice@school.example"
    assert arrived["Message-ID"] == "<abc@kent.example>"
    assert arrived["Date"] == "Tue, 24 Nov 2026 10:00:00 +0000"
    assert mailbox.texts == ["Dear Alice,\nschön ist das\n"]
    assert "<p>Dear Alice</p>" in arrived.get_body(("html",)).get_content()


def test_send_says_that_the_server_refused():
    with open_mailbox() as mailbox:
        mailbox.refuse = "451 Try later"
        with pytest.raises(smtplib.SMTPDataError, match="Try later"):
            mail.send(message(), mailbox.url)


def test_send_says_that_the_server_is_away():
    with pytest.raises(OSError, match="refused"):
        mail.send(message(), f"smtp://127.0.0.1:{free_port()}")


def test_send_never_falls_back_to_plain_where_tls_is_asked():
    with open_mailbox() as mailbox, pytest.raises(smtplib.SMTPNotSupportedError):
        mail.send(message(), mailbox.url.replace("smtp:", "smtp+starttls:"))
    assert mailbox.messages == []


def test_send_prints_by_default(capsys):
    mail.send(message(), "console:")
    assert "Mail to alice@school.example: A letter about EOI-2026-0001\n\nDear Alice" in capsys.readouterr().out


@pytest.mark.parametrize("field", ["to", "subject"])
def test_compose_refuses_a_broken_header(field):
    with pytest.raises((ValueError, IndexError)):
        message(**{field: "alice@school.example\r\nBcc: everybody@school.example"})
