"""The application: ``create_app`` reads like a table of contents."""

from typing import Any

from flask import Flask, Request, request
from werkzeug.routing import MapAdapter

from silah import features, models, shell
from silah.cases import file_routes
from silah.config import Settings
from silah.console import front
from silah.console import routes as console_routes
from silah.desk import message_routes
from silah.desk import routes as desk_routes
from silah.documents import routes as document_routes
from silah.onboarding import blueprint_request_types
from silah.portal import home_routes
from silah.portal import routes as portal_routes
from silah.shell import routes as shell_routes
from silah.staff import admin_routes as staff_admin_routes
from silah.staff import guess_alerts
from silah.staff import routes as staff_routes
from silah.submissions import form_flow, kept_routes, language_switch
from silah.web import (
    access,
    cookies,
    error_handlers,
    extensions,
    guess_limits,
    health_routes,
    load_shedding,
    locale_choice,
    logs,
    outages,
    security_headers,
    tenant_hosts,
    trusted_forwarding,
)
from silah.web import request as web_request
from tenants.context import place
from tenants.database import db

PAGES = (
    health_routes.bp,
    shell_routes.bp,
    staff_routes.bp,
    staff_admin_routes.bp,
    document_routes.bp,
    file_routes.bp,
    kept_routes.bp,
    message_routes.bp,
    portal_routes.bp,
    desk_routes.bp,
    console_routes.bp,
)
"""The pages of the frames and of what stands below them; each feature brings its own."""


class Silah(Flask):
    """Flask, with one transaction a request: committed once the view has answered, rolled back if it raised."""

    request_class = web_request.AppRequest

    def dispatch_request(self) -> Any:
        """Call the view, then commit, so that an error in the commit is answered like one in the view.

        A form that was taken before is answered as it was then, and its view is not called again.
        """
        answer = form_flow.respond(super().dispatch_request)
        if place.get() is not None and db.session.registry.has():
            db.session.commit()
        return answer

    def handle_exception(self, e: Exception) -> Any:
        """Answer what nothing else answered; where the database is away, by the page for that, with no traceback."""
        if outages.is_outage(e):
            return self.finalize_request(outages.answer_outage(e), from_error_handler=True)
        return super().handle_exception(e)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Find the route of a request; a form that only wants the other language is sent to the page it stands on."""
        return language_switch.bind_as_opened(super().create_url_adapter(request), request)

    def log_exception(self, exc_info: Any) -> None:
        """Log what broke by the rule of its address: an address itself may hold an id, and so a time to a case."""
        rule = request.url_rule.rule if request.url_rule else "an unknown address"
        self.logger.error("Exception on %s [%s]", rule, request.method, exc_info=exc_info)


def create_app(settings: Settings | None = None) -> Silah:
    """The application for one installation; settings come from the environment where none are given.

    Raises ``BadSettings``, with a plain line for each thing to put right.
    """
    app = Silah("silah", static_folder=None, template_folder=None)
    app.url_map.converters["int"] = web_request.SmallIntegerConverter
    configure(app, settings or Settings.from_environment())
    logs.init_logs()
    models.complete()
    blueprint_request_types.register()
    db.init_app(app)
    tenant_hosts.init_hosts(app)
    outages.init_outages(app)
    app.before_request(web_request.refuse_unreadable_path)
    locale_choice.init_languages(app)
    shell.init_shell(app)
    extensions.init_extensions(app)
    app.before_request(access.enforce)
    security_headers.init_headers(app)
    error_handlers.init_answers(app)
    form_flow.init_forms(app)
    app.extensions[guess_limits.EXTENSION] = guess_alerts.owe_alert
    app.extensions[home_routes.PLATFORM_PAGE] = front.page
    loaded = features.load(demo=app.config["SILAH"].demo)
    for blueprint in (*PAGES, *(one for feature in loaded for one in feature.blueprints)):
        app.register_blueprint(blueprint)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own settings, from the installation's."""
    app.config.update(
        SILAH=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=cookies.full_name("silah", secure=settings.secure),
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME=settings.scheme,
        MAX_CONTENT_LENGTH=settings.upload_limit_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_KEY_PREFIX=settings.installation,
        TEMPLATES_AUTO_RELOAD=settings.development,
    )
    if settings.proxies:
        app.wsgi_app = trusted_forwarding.TrustedForwarding(app.wsgi_app, settings)  # type: ignore[method-assign]
    app.wsgi_app = load_shedding.Shed(app.wsgi_app, settings.shed_after_seconds)  # type: ignore[method-assign]
