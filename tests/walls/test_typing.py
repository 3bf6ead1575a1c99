"""Whatever somebody types into a form or an address: an answer, never a broken page."""

from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from silah.cases.models import Case
from silah.forms import parsers
from silah.intake import draft_session, drafts, request_catalogue
from silah.organisation.models import BranchOffice, Role
from tenants.context import serving
from tenants.database import db
from tests.small_files import small_pdf
from tests.walls.conftest import EVERYTHING, Browser, Town

ODD = (
    *("\x00", "a\x00b", "\u202eabc\u202c", "\u200f\u200e\u2066", "\ufeff", "\u0000" * 50, "²", "½", "٣\u06f4", "𝟙𝟚"),
    *("' OR 1=1 --", "%s %(x)s {0} {{ 7*7 }}", "%00", "\\", "\\x00", "\r\nX: y", "<script>alert(1)</script>"),
    *("a" * 100_000, "ـ" * 10_000, "ً" * 5_000, "9" * 5_000, "-1", "1e-999999", "1e999999", "NaN", "Infinity", "0x10"),
    *("👩‍👩‍👧‍👦" * 100, "\U0010ffff", "ﷺ" * 2000, "İ" * 500, "ß", "\ud7ff", "=cmd|' /C calc'!A0", "../../etc/passwd"),
    *("SA" + "9" * 6000, "@" * 300, "a@" + "b." * 500, "1/1/99999", "29/2/1447", "0/0/0", "31/12/9999", "1/1/1300"),
    *("R-1448-000001", "R-9999-999999999", "+966" + "5" * 400, "5" * 251, "1" + "0" * 9, "null", "true", "[]", "{}"),
)
typed = st.one_of(st.sampled_from(ODD), st.text(max_size=60), st.text("\x00٠١٢٣abc\u202e/.-@+ ", max_size=20))
raw = st.one_of(
    typed.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=30),
    st.sampled_from([b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x80"]),
)
"""Bytes, so that what is no Unicode (lone surrogates among it) is sent too."""

few = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def sent(browser: Browser, path: str, given: dict[str, bytes]) -> Any:
    """Post a form as bytes; the test client raises whatever the app does not answer."""
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in given.items())
    answer = browser.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500, (path, given)
    return answer


@pytest.fixture(scope="module")
def applicant(a: Town) -> tuple[Browser, str]:
    """Somebody at a draft of their own, and the draft's address."""
    with a.app.app_context(), serving(a.tenant):
        draft, secret = drafts.start(request_catalogue.offered()[0])
        address = f"/requests/new/{draft.id}"
        db.session.commit()
    browser = a.visitor()
    browser.set_cookie(draft_session.COOKIE, secret, domain=a.host, path=draft_session.PATH)
    return browser, address


PUBLIC = {
    "/sign-in": ("email", "password", "next"),
    "/follow": ("reference", "code"),
    "/follow/code": ("reference",),
    "/password": ("email",),
}


class TestAPublicForm:
    @pytest.mark.parametrize("path", PUBLIC)
    @few
    @given(values=st.lists(raw, min_size=3, max_size=3))
    def test_answers(self, a: Town, path: str, values: list[bytes]) -> None:
        sent(a.visitor(), path, dict(zip(PUBLIC[path], values, strict=False)))

    @few
    @given(value=raw)
    def test_for_a_one_time_code_answers(self, a: Town, value: bytes) -> None:
        browser = a.visitor()
        sent(browser, "/follow/code", {"reference": b"R-1448-000001"})
        sent(browser, "/follow/code/enter", {"code": value})

    @few
    @given(value=raw, other=raw)
    def test_of_a_link_answers(self, a: Town, value: bytes, other: bytes) -> None:
        for path in ("/password/x", "/invitation/x"):
            sent(a.visitor(), path, {"password": value, "again": other})


class TestARequest:
    @pytest.mark.parametrize("step", ["who", "you", "contact"])
    @few
    @given(values=st.lists(raw, min_size=13, max_size=13))
    def test_takes_or_refuses_what_is_said_of_a_person(
        self, applicant: tuple[Browser, str], step: str, values: list[bytes]
    ) -> None:
        names = (
            *("relation", "name", "national_id", "member_number", "beneficiary_name", "beneficiary_national_id"),
            *("beneficiary_mobile", "mobile", "email", "reply_channel", "reply_address", "branch", "locale"),
        )
        browser, address = applicant
        sent(browser, f"{address}/{step}", dict(zip(names, values, strict=True)))
        assert browser.get(f"{address}/review").status_code < 500

    @few
    @given(values=st.lists(raw, min_size=8, max_size=8))
    def test_takes_or_refuses_what_is_asked(self, a: Town, values: list[bytes]) -> None:
        with a.app.app_context(), serving(a.tenant):
            kinds = {
                one.type.key: [(s.key, f.key) for s in request_catalogue.definition(one).steps for f in s.fields]
                for one in request_catalogue.offered()
            }
        for key, fields in kinds.items():
            browser = self.writers.setdefault((a.host, key), a.visitor())
            if not getattr(browser, "address", None):
                where = browser.post(f"/requests/types/{key}").headers["Location"]
                browser.address = where.rsplit("/", 1)[0]  # type: ignore[attr-defined]
            for step in dict.fromkeys(step for step, _ in fields):
                given = {field: values[n % 8] for n, (of, field) in enumerate(fields) if of == step}
                sent(browser, f"{browser.address}/{step}", given)  # type: ignore[attr-defined]
            assert browser.get(f"{browser.address}/review").status_code < 500  # type: ignore[attr-defined]

    writers: dict[Any, Browser] = {}  # noqa: RUF012 - kept from one example to the next

    @few
    @given(value=raw)
    def test_takes_or_refuses_a_documents_date_and_name(self, a: Town, applicant: Any, value: bytes) -> None:
        browser, address = applicant
        with a.app.app_context(), serving(a.tenant):
            key = request_catalogue.definition(request_catalogue.offered()[0]).documents[0].key
        text = value.decode("utf-8", "replace")
        file = (BytesIO(small_pdf()), text)
        path = f"{address}/document-{key}"
        answer = browser.post(path, data={"file": file, "valid_until": text}, content_type="multipart/form-data")
        assert answer.status_code < 500


class TestATrackedCase:
    @few
    @given(value=raw)
    def test_takes_or_refuses_a_message(self, a: Town, value: bytes) -> None:
        browser, case_id, _, _ = self.kept(a)
        sent(browser, f"/follow/{case_id}/messages", {"body": value})
        sent(browser, f"/follow/{case_id}/attest", {"method": b"drawn", "signed_by": value, "signature": value})
        sent(browser, f"/follow/{case_id}/attest/code", {"code": value})
        assert browser.get(f"/follow/{case_id}").status_code == 200

    def kept(self, a: Town, held: list[Any] = []) -> Any:  # noqa: B006 - kept from one example to the next
        if not held:
            held.append(a.followed(4))
        return held[0]


class TestAnAddress:
    PATHS = (
        "/?lang={}",
        "/requests/types/{}",
        "/password/{}",
        "/invitation/{}",
        "/switched?token={}",
        "/follow?reference={}",
        "/sign-in?next={}",
        "/static/{}",
        "/logo?v={}",
        "/requests/new?{}=1",
        "/{}",
        "/policy?{}",
    )
    DESK = (
        "/desk/cases?q={}",
        "/desk/cases?state={}&type={}&channel={}&branch={}",
        "/desk/cases?view={}&sort={}",
        "/desk/cases?after={}",
        "/desk/cases?before={}&cursor={}",
        "/desk/beneficiaries?q={}",
        "/admin/staff?state={}",
        "/admin/messages/{}/ar",
        "/admin/messages/received/{}",
        "/desk/cases?sort=-due&cursor={}",
    )

    @few
    @given(value=raw)
    def test_of_the_portal_answers(self, a: Town, value: bytes) -> None:
        self.opened(a.visitor(), self.PATHS, value)

    @few
    @given(value=raw)
    def test_of_the_desk_answers(self, a: Town, value: bytes) -> None:
        self.opened(a.member(EVERYTHING), self.DESK, value)

    @few
    @given(value=raw)
    def test_with_any_cookie_answers(self, a: Town, value: bytes) -> None:
        held = "".join(mark for mark in value.decode("latin-1")[:4000] if mark not in "\r\n\0")
        environ = {"HTTP_COOKIE": f"silah={held}; silah_draft={held}; lang={held}", "REMOTE_ADDR": "192.0.2.5"}
        for path in ("/", "/requests/new", "/follow", "/desk/", "/sign-in"):
            browser = Browser(a.app, a.app.response_class, use_cookies=False)
            browser.base_url = f"http://{a.host}"
            assert browser.get(path, environ_overrides=environ).status_code < 500

    def opened(self, browser: Browser, paths: tuple[str, ...], value: bytes) -> None:
        for path in paths:
            answer = browser.get(path.replace("{}", quote_from_bytes(value)[:6000]))
            assert answer.status_code < 500, (path, value)


class TestTheDesk:
    @settings(few, max_examples=10)
    @given(values=st.lists(raw, min_size=8, max_size=8))
    def test_takes_or_refuses_what_staff_type(self, a: Town, values: list[bytes]) -> None:
        browser, case_id = a.member(EVERYTHING), a.ids(Case, most=1)[0]
        branch, role = a.ids(BranchOffice, most=1), a.ids(Role, Role.key == "volunteer")[0]
        for move in ("note", "message", "refer", "assign", "ask_for", "attest", "confirm", "deliver", "recommend"):
            names = ("seen", "body", "to", "to_role", "question", "remark", "items", "reasons")
            sent(browser, f"/desk/cases/{case_id}/moves/{move}", dict(zip(names, values, strict=True)))
        sent(browser, f"/desk/cases/{case_id}/receipt.pdf", {"code": values[0]})
        names = ("name_ar", "name_en", "hours_ar", "hours_en", "address_ar", "address_en", "phone", "permissions")
        sent(browser, "/admin/branches/new", dict(zip(names, values, strict=True)))
        sent(browser, f"/admin/roles/{role}", dict(zip(names, values, strict=True)))
        if branch:
            sent(browser, f"/admin/branches/{branch[0]}", dict(zip(names, values, strict=True)))
        names = ("accent", "digits", "licence_number", "letterhead_number", "phone", "email", "city_ar", "city_en")
        sent(browser, "/admin/settings", {**dict(zip(names, values, strict=True)), "deed": b"save"})
        names = ("name", "email", "roles", "branch", "locale", "a", "b", "c")
        sent(browser, "/admin/staff/invite", dict(zip(names, values, strict=True)))
        sent(browser, "/admin/messages/received/ar", {"subject": values[0], "body": values[1]})
        names = (
            "title.ar",
            "steps.0.key",
            "steps.0.fields.0.key",
            "steps.0.fields.0.kind",
            "steps",
            "deed",
            "key",
            "documents.0.key",
        )
        sent(browser, "/admin/request-types/new", dict(zip(names, values, strict=True)))


class TestNul:
    def test_is_dropped_wherever_it_is_typed(self, a: Town) -> None:
        given = {"name_ar": "فرع\0 الجدار", "name_en": "Wall\0 branch"}
        assert a.member(EVERYTHING).post("/admin/branches/new", data=given).status_code == 302
        with a.app.app_context(), serving(a.tenant):
            names = select(BranchOffice.name_ar).where(BranchOffice.name_en == "Wall branch")
            assert db.session.scalars(names).one() == "فرع الجدار"

    def test_in_an_address_is_no_error(self, a: Town) -> None:
        assert a.member(EVERYTHING).get("/desk/cases?q=%00&after=%00").status_code == 200
        assert a.visitor().get("/requests/types/%00").status_code == 404


class TestANumber:
    @pytest.mark.parametrize("text", ["1e-999999", "1e-16", "1e15", "-1e15", "1e999999999", "NaN", "sNaN", "-Infinity"])
    def test_that_would_fill_a_page_is_refused(self, a: Town, text: str) -> None:
        with a.app.app_context(), pytest.raises(parsers.BadAnswer):
            parsers.number(text)

    @pytest.mark.parametrize("seen", ["²", "9" * 5000, "-1", "", "x", "\0", "٠"])
    def test_of_a_version_that_is_none_is_answered(self, a: Town, seen: str) -> None:
        case_id = a.ids(Case, most=1)[0]
        answer = a.member(EVERYTHING).post(f"/desk/cases/{case_id}/moves/note", data={"seen": seen, "body": "x"})
        assert answer.status_code == 409

    @pytest.mark.parametrize(
        "deed", ["remove:steps.²", "up:steps." + "9" * 5000, "add:steps.0.²", "down:steps.-1", ":", "up:"]
    )
    def test_in_a_deed_on_a_form_is_answered(self, a: Town, deed: str) -> None:
        assert a.member(EVERYTHING).post("/admin/request-types/new", data={"deed": deed}).status_code in (200, 422)
