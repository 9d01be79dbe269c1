"""The commands of `flask …`."""

from flask import Flask

from eoi.cli import accounts, serve, start

COMMANDS = (start.prepare, serve.serve, serve.worker, accounts.create_admin)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
