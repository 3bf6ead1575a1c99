"""Every route says who may open it, and names things by ids that cannot be counted up."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import UUIDConverter

from silah.app import create_app
from silah.config import Settings


@pytest.fixture(scope="module")
def routes(settings: Settings) -> Flask:
    """The app with everything that it can serve, the demo's pages too."""
    return create_app(settings.model_copy(update={"demo": True}))


class TestRoutes:
    def test_every_route_states_who_may_open_it(self, routes: Flask) -> None:
        assert {name for name, view in routes.view_functions.items() if not hasattr(view, "access")} == set()

    def test_a_view_that_states_nothing_is_refused(self, settings: Settings, cluster: Any) -> None:
        app = create_app(settings)
        app.add_url_rule("/forgotten", "forgotten", lambda: "open to all")
        answer = app.test_client().get("/forgotten", headers={"Host": settings.base_domain})
        assert answer.status_code >= 400
        assert b"open to all" not in answer.data

    def test_ids_in_addresses_are_uuids(self, routes: Flask) -> None:
        counted = {
            f"{rule.rule}: {name}"
            for rule in routes.url_map.iter_rules()
            for name, converter in rule._converters.items()
            if (name == "id" or name.endswith("_id")) and not isinstance(converter, UUIDConverter)
        }
        assert counted == set()
