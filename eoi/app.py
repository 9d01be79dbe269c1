"""The application put together: settings, database, sign-in, pages, commands."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import eoi.models  # noqa: F401  (migrations and relationships need every table known)
from config import Settings
from eoi import cli, web
from eoi.extensions import csrf, db, login_manager, migrate, prepare_sqlite
from eoi.web import typed


def build(settings: Settings | None = None) -> Flask:
    """A Flask application for these settings; those of the environment by default. Raises SettingsError."""
    settings = settings or Settings.from_environment()
    app = Flask("eoi", template_folder="../templates", static_folder="static")
    app.config.from_mapping(settings.as_flask())
    if settings.PROXIES:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.PROXIES, settings.PROXIES, settings.PROXIES)  # type: ignore[method-assign]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations", render_as_batch=True)
    typed.init_app(app)
    csrf.init_app(app)
    login_manager.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
    web.init_app(app)
    cli.init_app(app)
    return app
