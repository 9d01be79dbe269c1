"""The commands of `flask …`."""

from flask import Flask

COMMANDS = ()


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
