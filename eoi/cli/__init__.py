"""The commands of `flask …`."""

from flask import Flask

from eoi.cli import accounts, demo, register, serve, stages, start

COMMANDS = (
    start.prepare,
    start.settings,
    register.import_schools,
    serve.serve,
    serve.worker,
    accounts.create_admin,
    demo.demo,
    demo.seed,
    stages.stages,
)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
