"""A small app with the face alone: languages, layouts, parts, static files; no database."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Blueprint, Flask, render_template, render_template_string, request
from flask_login import LoginManager

from silah import shell
from silah.shell.parts_page import parts
from silah.shell.theme import theme
from silah.web import extensions, locale_choice, security_headers

Render = Callable[..., str]


@pytest.fixture(scope="session")
def face(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = Flask("silah", static_folder=None, template_folder=None)
    cache = tmp_path_factory.mktemp("cache")
    made.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        SECRET_KEY="face",
        SILAH=SimpleNamespace(cache_dir=Path(cache), development=False, secure=False, upload_limit_mb=20),
    )
    locale_choice.init_languages(made)
    shell.init_shell(made)
    extensions.csrf.init_app(made)
    nobody = LoginManager(made)
    nobody.request_loader(lambda request: None)
    shell_pages = Blueprint("shell", __name__)
    shell_pages.add_url_rule("/theme.css", "theme", theme)
    made.register_blueprint(shell_pages)
    made.add_url_rule("/parts", "parts", parts)
    made.add_url_rule("/error/<status>", "error", lambda status: render_template(f"errors/{status}.html"))
    made.add_url_rule("/receive", "receive", receive(), methods=["POST"])
    made.after_request(security_headers.harden)
    return made


def receive() -> Callable[[], str]:
    """A page that says how often something was posted to it, and how large the files were."""
    posts = count(1)

    def page() -> str:
        sizes = [len(file.read()) for file in request.files.values()]
        return f"<!doctype html><title>Received</title><link rel=icon href=data:,><p id=said>{next(posts)} {sizes}</p>"

    return page


@pytest.fixture
def render(face: Flask) -> Render:
    """`render("{{ ui.tag(…) }}", lang="en", **names)` is the HTML of a piece of template."""

    def render(source: str, lang: str = "ar", **names: Any) -> str:
        with face.test_request_context(f"/?lang={lang}"):
            return render_template_string('{% import "ui.html" as ui with context %}' + source, **names)

    return render
