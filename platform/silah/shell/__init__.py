"""The face that all pages share: layouts, parts, stylesheet, script, fonts and the association's theme."""

from typing import Any

from flask import Flask
from jinja2 import Environment

from silah.language import formatting
from silah.language.bilingual import localized
from silah.language.locale import locale
from silah.shell import appearance
from silah.shell.static_files import init_static, static_url
from silah.shell.theme import theme_url
from silah.web.access import current_member
from tenants.context import Tenant, place

__all__ = ["init_shell"]


def init_shell(app: Flask) -> None:
    """Give the application its templates, static files and theme, and templates the names that layouts use."""
    app.template_folder = "shell/templates"
    init_static(app)
    formatting.choose_digits_by(lambda: appearance.current().digits)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(theme_url=theme_url, static_url=static_url, parts=Parts(app.jinja_env))
    app.context_processor(names)


def names() -> dict[str, Any]:
    """What every template may use: whose page it is, who reads it, and how the association wants it to look."""
    served = place.get()
    association = served if isinstance(served, Tenant) else None
    return {
        "association": association,
        "association_name": association and name_of(association, locale()),
        "member": current_member(),
        "settings_of_association": appearance.current(),
    }


def name_of(association: Tenant, language: str) -> str:
    """The association's name in a language, or in the one it has."""
    return localized(association, "name", language) or association.slug


class Parts:
    """``parts.NAME`` in a template is the macro NAME of ``parts/NAME.html``, loaded once; no page's context is used."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._loaded: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name in self._loaded:
            return self._loaded[name]
        found = getattr(self._environment.get_template(f"parts/{name}.html").module, name)
        if not self._environment.auto_reload:
            self._loaded[name] = found
        return found
