"""Who somebody is: a fault in looking that up is a fault, and never an answer."""

from typing import Any

import pytest
from flask import Flask
from flask_login import current_user

from silah.staff import members
from silah.web import access


def broken(*_given: Any) -> None:
    """Stand in for a bug in the loader."""
    return None.name  # type: ignore[attr-defined]


def test_a_bug_in_the_loader_is_an_error_and_not_somebody_who_is_not_signed_in(
    app: Flask, association: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(association, "administrator")
    monkeypatch.setattr(members, "at_work", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", True)
    with pytest.raises(AttributeError, match="name"):
        browser.get("/desk/account")


def test_a_bug_in_looking_up_the_operator_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context(), monkeypatch.context() as patch:
        patch.setattr(app.login_manager, "_load_user", broken)  # type: ignore[attr-defined]
        for ask in (access.current_member, access.current_operator):
            with pytest.raises(AttributeError, match="name"):
                ask()


def test_nobody_is_nobody(app: Flask) -> None:
    assert access.current_member() is None
    assert not current_user
    with app.test_request_context():
        assert access.current_operator() is False
