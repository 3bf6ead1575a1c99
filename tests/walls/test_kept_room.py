"""Nobody fills the disk without signing in, by whatever road something is kept for them; the key of it is host-only."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from silah.documents.models import StoredFile
from silah.submissions import kept_form, pending_files
from silah.submissions.models import KEPT, Submission
from silah.web.extensions import limiter
from tenants.database import db
from tests.complaints.test_portal import COMPLAINT, picture

HERE = {"Sec-Fetch-Site": "same-origin"}
FORGED = f"{'A' * 22}.{'B' * 15}"


@pytest.fixture(autouse=True)
def _few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pending_files, "MOST_KEPT", "2 per hour")
    with app.app_context():
        limiter.reset()
    yield
    with app.app_context():
        limiter.reset()


def test_the_other_language_keeps_files_of_a_few_forms_alone(client: Any, home: Any, serve: Any) -> None:
    browser = client(home)
    for _ in range(4):
        sent = {**COMPLAINT, "files": picture()}
        answer = browser.post("/complaints/new?lang=en&switch_language=1", data=sent, headers=HERE)
        assert answer.status_code == 200
        assert COMPLAINT["text"] in answer.text
    with serve(home):
        waiting = select(func.count()).select_from(StoredFile).where(StoredFile.purpose == "pending")
        assert db.session.scalar(waiting) == 2


def test_forms_of_staff_are_kept_for_whoever_is_not_signed_in_within_bounds(client: Any, home: Any, serve: Any) -> None:
    browser = client(home)
    for number in range(4):
        sent = {"text": "x", "idempotency_key": f"{FORGED}{number}"}
        assert browser.post("/desk/record/complaint", data=sent, headers=HERE).status_code == 302
    with serve(home):
        kept = select(func.count()).select_from(Submission).where(Submission.kind == KEPT)
        assert db.session.scalar(kept) == 2


def test_the_key_of_what_is_kept_lies_for_one_host_alone_where_https_serves(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    with app.app_context():
        answer = kept_form.remember_key(app.response_class(), "key")
    set_ = answer.headers["Set-Cookie"]
    assert set_.startswith("__Host-silah_kept=")
    assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in set_.split(";")}


@pytest.fixture(scope="module")
def home(make_association: Any) -> Any:
    return make_association(blueprint="samtah-cooperative")
