"""A real mail server for tests: what is sent to it is kept."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """The messages that arrived, and the address to send them to as `url`."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse = ""  # an answer such as "451 Try later", given instead of taking the message
        self.url = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse
        self.messages.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 Taken"

    @property
    def texts(self) -> list[str]:
        """The plain parts, in the order of arrival."""
        bodies = [message.get_body(("plain",)) for message in self.messages]
        return [body.get_content().replace("\r\n", "\n") for body in bodies if body]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    server.start()
    mailbox.url = f"smtp://127.0.0.1:{server.port}"
    try:
        yield mailbox
    finally:
        server.stop()
