"""Theme, logo and the parts page in the whole application."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

from silah.documents import service as documents
from silah.shell.models import AssociationSetting
from tenants.context import Tenant
from tenants.database import db

Serve = Callable[..., Any]


def settings_row() -> AssociationSetting:
    row = db.session.get(AssociationSetting, 1)
    if row is None:
        row = AssociationSetting()
        db.session.add(row)
    return row


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(out, "PNG")
    return out.getvalue()


class TestTheme:
    def test_each_association_has_its_own(self, client: Any, make_association: Any, serve: Serve) -> None:
        one, other = make_association(), make_association()
        with serve(one):
            settings_row().accent = "#7a1f3d"
            db.session.commit()
        assert "#7a1f3d" in client(one).get("/theme.css").text
        assert "#7a1f3d" not in client(other).get("/theme.css").text

    def test_its_address_changes_with_the_accent(self, client: Any, association: Tenant, serve: Serve) -> None:
        page = client(association).get("/nothing-here").text
        before = re.findall(r"/theme\.css\?v=\w+", page)
        with serve(association):
            settings_row().accent = "#1d3f8a"
            db.session.commit()
        assert re.findall(r"/theme\.css\?v=\w+", client(association).get("/nothing-here").text) != before

    def test_the_platform_has_one_too(self, client: Any) -> None:
        assert "--accent:" in client().get("/theme.css").text


class TestLogo:
    def test_an_association_without_a_logo_has_none(self, client: Any, association: Tenant) -> None:
        assert client(association).get("/logo").status_code == 404

    def test_a_logo_is_shown_at_an_address_of_its_own(self, client: Any, association: Tenant, serve: Serve) -> None:
        with serve(association):
            kept = documents.keep(png(), "logo.png", purpose="logo")
            db.session.flush()
            settings_row().logo_id = kept.id
            db.session.commit()
        address = re.search(r'src="(/logo\?v=\w+)"', client(association).get("/nothing-here").text)
        assert address
        answer = client(association).get(address[1])
        assert answer.mimetype == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]


class TestPages:
    def test_the_parts_are_shown_in_development(self, client: Any) -> None:
        answer = client().get("/console/parts?lang=en")
        assert answer.status_code == 200
        assert "Parts of the interface" in answer.text

    def test_a_page_names_its_association_in_the_language_of_the_reader(self, client: Any, association: Tenant) -> None:
        assert association.name_ar in client(association).get("/nothing-here?lang=ar").text
        assert association.name_en in client(association).get("/nothing-here?lang=en").text

    def test_an_unknown_host_is_answered_without_a_name(self, client: Any, association: Tenant) -> None:
        browser = client()
        browser.base_url = "http://nobody.silah.test"
        answer = browser.get("/")
        assert answer.status_code == 404
        assert association.name_ar not in answer.text
