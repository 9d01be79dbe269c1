"""The commands of `flask …`."""

from flask import Flask

from eoi.cli import serve, start

COMMANDS = (start.prepare, serve.serve, serve.worker)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
