"""Addresses that leave a page lead to the association's own domain where it has one."""

import pytest

from silah.documents import addresses
from tenants import registering
from tenants.context import PLATFORM
from tenants.database import db


@pytest.fixture
def own(serve, association):
    """An association that answers at two domains of its own."""
    with serve(PLATFORM):
        for host in (f"www.{association.slug}.example", f"{association.slug}.example"):
            registering.answer_at(association.slug, host)
        db.session.commit()
    return association


class TestAddresses:
    def test_are_of_the_subdomain_by_default(self, serve, association):
        with serve(association):
            assert (
                addresses.follow_address("R-1448-1")
                == f"http://{association.slug}.silah.test/follow?reference=R-1448-1"
            )

    def test_are_of_the_association_s_own_domain_where_it_has_one(self, serve, own):
        with serve(own):
            assert addresses.association_address("/s") == f"http://{own.slug}.example/s"

    def test_another_association_s_is_known_from_elsewhere(self, serve, own, make_association):
        with serve(make_association()):
            assert addresses.address_of(own, "/switched") == f"http://{own.slug}.example/switched"

    def test_have_the_installation_s_port(self, settings):
        assert settings.model_copy(update={"port": 8000}).address_at("bir.example") == "http://bir.example:8000"
