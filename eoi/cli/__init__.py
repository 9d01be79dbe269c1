"""The commands of `flask …`."""

from flask import Flask

from eoi.cli import accounts, backup, demo, register, serve, stages, start, verify

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
    verify.verify,
    verify.anchor,
    backup.backup,
    backup.restore,
)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
