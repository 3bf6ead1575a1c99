"""The health pages, on any host."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from silah.web import health_routes


@pytest.fixture
def anywhere(client: Callable[..., FlaskClient]) -> FlaskClient:
    """A load balancer, which knows no host name."""
    made = client()
    made.environ_base["HTTP_HOST"] = "10.0.0.7"
    return made


class TestHealth:
    def test_alive_asks_nobody(self, anywhere: FlaskClient, queries: Any) -> None:
        with queries() as sent:
            assert anywhere.get("/healthz").data == b"ok\n"
        assert sent == []

    def test_ready_names_what_answers(self, anywhere: FlaskClient) -> None:
        assert anywhere.get("/readyz").json == {"ready": True, "database": True, "redis": True, "limits": True}

    def test_not_ready_without_the_database(self, anywhere: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(health_routes, "database_answers", lambda: False)
        assert anywhere.get("/readyz").status_code == 503

    def test_still_ready_without_redis(self, anywhere: FlaskClient, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        away = app.config["SILAH"].model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
        monkeypatch.setitem(app.config, "SILAH", away)
        answer = anywhere.get("/readyz")
        assert (answer.status_code, answer.json["redis"]) == (200, False)
