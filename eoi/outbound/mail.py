"""Mail as it leaves: one message, one SMTP conversation."""

import smtplib
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds
PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}


def compose(
    *, to: str, subject: str, text: str, html: str, sender: Address, message_id: str, date: datetime
) -> EmailMessage:
    """A message with both parts. The same `message_id` on a second sending lets the receiver drop the duplicate.

    Raises ValueError for an address or subject that would break out of its header.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(addr_spec=to)
    message["Subject"] = subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def send(message: EmailMessage, url: str) -> None:
    """Send by `url`: smtps://user:password@host:port, smtp+starttls://…, smtp://… (no TLS), or console:.

    Raises smtplib.SMTPException or OSError where the server refuses or is away.
    """
    if url.startswith("console:"):
        plain = message.get_body(("plain",))
        text = plain.get_content() if plain else ""
        sys.stdout.write(f"Mail to {message['To']}: {message['Subject']}\n\n{text}\n")
        sys.stdout.flush()
        return
    with _connected(url) as server:
        server.send_message(message)


@contextmanager
def _connected(url: str) -> Iterator[smtplib.SMTP]:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("SMTP_URL must be smtps://host, smtp+starttls://host, smtp://host or console:")
    port = parts.port or PORTS[parts.scheme]
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(parts.hostname, port, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(parts.hostname, port, timeout=TIMEOUT)
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
