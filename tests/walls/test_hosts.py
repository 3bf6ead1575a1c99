"""What a request's host, path and wishes for where to go next may and may not do."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from silah.app import create_app
from silah.config import Settings
from silah.demo import people
from silah.web.locale_choice import COOKIE
from tests.conftest import BASE
from tests.walls.conftest import EVERYTHING, PASSWORD, Town

MINE = ("{}:8000", "{}:80", "{}.", "{}.:8000")
"""Ways of writing a host that mean the same."""

NOT_MINE = (
    "{}.evil.example",
    "evil.{}",
    "evil@{}",
    "{}@evil.example",
    "evil.example/{}",
    "{}/",
    "{}\\.evil.example",
    "{}%00.evil.example",
    "{}\x00",
    "\x00{}",
    ".{}",
    "..{}",
    "{} evil.example",
    "evil.example, {}",
    "[{}]",
    "[::1]",
    "127.0.0.1",
    "::::",
    "a" * 300 + ".{}",
    "-.silah.test",
    "*.silah.test",
    "%.silah.test",
    "'; drop schema shared; --.silah.test",
    "xn--80ak6aa92e.silah.test",
    "xn--{}",
    "",
)


def as_sent(host: str) -> str:
    """A header as a server hands it on: bytes told as latin-1."""
    return host.encode().decode("latin-1")


def asked(app: Flask, host: str, path: str = "/", **headers: str) -> Any:
    environ = EnvironBuilder(path, environ_base={"REMOTE_ADDR": "192.0.2.1"}).get_environ()
    environ |= {"HTTP_HOST": as_sent(host), "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000"}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return app.response_class.from_app(app, environ, buffered=True)


class TestAHost:
    @pytest.mark.parametrize("shape", MINE)
    def test_is_the_same_however_it_is_written(self, app: Flask, a: Town, shape: str) -> None:
        answer = asked(app, shape.format(a.host))
        assert answer.status_code == 200
        assert a.tenant.name_ar in answer.get_data(as_text=True)

    def test_is_the_same_in_capitals(self, app: Flask, a: Town) -> None:
        assert a.tenant.name_ar in asked(app, a.host.upper()).get_data(as_text=True)

    @pytest.mark.parametrize("shape", NOT_MINE)
    def test_that_nobody_has_is_nothing_and_tells_nothing(self, app: Flask, a: Town, b: Town, shape: str) -> None:
        answer = asked(app, shape.format(a.host))
        assert answer.status_code in (400, 404), answer.status
        for town in (a, b):
            assert town.tenant.name_ar not in answer.get_data(as_text=True)
            assert town.tenant.slug not in answer.get_data(as_text=True).replace(shape.format(a.host), "")

    @pytest.mark.parametrize(("letter", "alike"), [("w", "ԝ"), ("a", "а"), ("e", "е"), ("1", "１"), ("0", "О")])
    def test_that_only_looks_the_same_is_nothing(self, app: Flask, a: Town, letter: str, alike: str) -> None:
        name = a.tenant.slug.replace(letter, alike)
        if name != a.tenant.slug:
            assert asked(app, f"{name}.{BASE}").status_code in (400, 404)
            puny = ("xn--" + name.encode("punycode").decode()).lower()
            assert asked(app, f"{puny}.{BASE}").status_code in (400, 404)

    def test_is_not_said_by_a_stranger_in_front(self, app: Flask, a: Town, b: Town) -> None:
        for name in (
            "x_forwarded_host",
            "x_host",
            "x_original_host",
            "forwarded",
            "x_forwarded_server",
            "x_rewrite_url",
        ):
            value = f"host={b.host}" if name == "forwarded" else b.host
            answer = asked(app, a.host, **{name: value})
            assert a.tenant.name_ar in answer.get_data(as_text=True)
            assert b.tenant.slug not in answer.get_data(as_text=True)

    def test_is_said_by_a_proxy_that_is_trusted_and_by_none_before_it(
        self, settings: Settings, a: Town, b: Town
    ) -> None:
        behind = create_app(settings.model_copy(update={"proxies": 1, "proxy_networks": "192.0.2.0/24"}))
        answer = asked(behind, "10.0.0.1", x_forwarded_host=a.host)
        assert a.tenant.name_ar in answer.get_data(as_text=True)
        answer = asked(behind, "10.0.0.1", x_forwarded_host=f"{b.host}, {a.host}")
        assert a.tenant.name_ar in answer.get_data(as_text=True)

    def test_is_said_by_nobody_but_a_proxy_of_the_named_networks(self, settings: Settings, a: Town, b: Town) -> None:
        for networks in ("127.0.0.0/8,::1/128", "192.0.3.0/24"):
            behind = create_app(settings.model_copy(update={"proxies": 1, "proxy_networks": networks}))
            answer = asked(behind, a.host, x_forwarded_host=b.host)
            assert a.tenant.name_ar in answer.get_data(as_text=True)
            assert asked(behind, "10.0.0.1", x_forwarded_host=a.host).status_code == 404

    def test_is_not_said_by_a_header_that_the_proxy_passed_on(self, settings: Settings, a: Town, b: Town) -> None:
        """Where the visitor's host came through, the other header is the visitor's own writing."""
        behind = create_app(settings.model_copy(update={"proxies": 1, "proxy_networks": "192.0.2.1"}))
        for said in (b.host, f"{a.host}, {b.host}", f"{b.host}, {a.host}", "evil.example", "", ","):
            answer = asked(behind, a.host, x_forwarded_host=said)
            assert a.tenant.name_ar in answer.get_data(as_text=True)
        for said in ("evil.example", f"{a.host}, evil.example", f"{a.host}.evil.example", f"evil{BASE}"):
            answer = asked(behind, "10.0.0.1", x_forwarded_host=said)
            assert answer.status_code == 404
            assert "evil" not in answer.get_data(as_text=True)

    def test_of_two_proxies_the_outer_one_says_it(self, settings: Settings, a: Town, b: Town) -> None:
        behind = create_app(settings.model_copy(update={"proxies": 2, "proxy_networks": "192.0.2.1"}))
        answer = asked(behind, "10.0.0.1", x_forwarded_host=f"{b.host}, {a.host}, inner.example")
        assert a.tenant.name_ar in answer.get_data(as_text=True)
        assert asked(behind, "10.0.0.1", x_forwarded_host=a.host).status_code == 404

    def test_in_the_address_of_the_request_counts_for_nothing(self, app: Flask, a: Town, b: Town) -> None:
        whole = {"RAW_URI": f"http://{b.host}/", "REQUEST_URI": f"http://{b.host}/"}
        answer = app.test_client().get("/", environ_overrides={"HTTP_HOST": a.host, **whole})
        assert a.tenant.name_ar in answer.get_data(as_text=True)

    def test_never_gets_into_links_and_letters(self, app: Flask, a: Town) -> None:
        answer = asked(app, f"{a.host}:80@evil.example")
        assert "evil" not in answer.get_data(as_text=True)
        assert "evil" not in str(answer.headers)


ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "http://evil.example",
    "HTTPS:evil.example",
    "https:///evil.example",
    "//evil.example@{a}",
    "//{a}@evil.example",
    "http://{b}/desk/",
    "//{b}/desk/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "/desk/\r\nLocation: //evil.example",
    "/%0d%0aSet-Cookie: x=y",
    "/\u2028//evil.example",
    "/@evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/sign-out",
    "/switched?token=x",
    "evil.example",
    "?x=//evil.example",
    "\x00//evil.example",
)


class TestGoingOn:
    @pytest.mark.parametrize("wish", ELSEWHERE)
    def test_after_signing_in_never_leads_to_another_host(self, a: Town, b: Town, wish: str) -> None:
        target = wish.format(a=a.host, b=b.host)
        sent = {"email": people.address(EVERYTHING, a.tenant.slug), "password": PASSWORD, "next": target}
        for answer in (
            a.visitor().post("/sign-in", data=sent),
            a.member(EVERYTHING).get("/sign-in", query_string={"next": target}),
        ):
            assert answer.status_code in (302, 400)
            if answer.status_code == 302:
                where = answer.headers["Location"]
                assert lands_here(where), where
                assert "\r" not in where
                assert "\n" not in where

    def test_after_signing_in_leads_to_the_page_that_was_asked_for(self, a: Town) -> None:
        answer = a.visitor().get("/desk/cases?view=all")
        assert answer.headers["Location"] == "/sign-in?next=/desk/cases?view%3Dall"
        sent = {
            "email": people.address(EVERYTHING, a.tenant.slug),
            "password": PASSWORD,
            "next": "/desk/cases?view=all",
        }
        assert a.visitor().post("/sign-in", data=sent).headers["Location"] == "/desk/cases?view=all"

    @pytest.mark.parametrize(
        "path", ["//evil.example/x", "/\\evil.example", "///evil.example", "/%5Cevil.example", '/"><b>']
    )
    def test_to_the_other_language_stays_here(self, a: Town, path: str) -> None:
        base = f"http://{a.host}"
        text = a.visitor().get(path, base_url=base).text
        for link in hrefs(text):
            assert lands_here(link) or link.startswith("mailto:"), link

    @pytest.mark.parametrize("path", ["/desk", "/admin", "//desk//cases", "//evil.example/..%2f/desk"])
    def test_to_the_address_with_a_slash_stays_here(self, a: Town, path: str) -> None:
        answer = a.member(EVERYTHING).get(path, base_url=f"http://{a.host}")
        if "Location" in answer.headers:
            assert lands_here(answer.headers["Location"].removeprefix(f"http://{a.host}"))

    def test_a_wish_for_a_language_is_one_of_two(self, a: Town) -> None:
        answer = a.visitor().get("/?lang=ar%0d%0aSet-Cookie:x=y")
        assert not [one for one in answer.headers.getlist("Set-Cookie") if one.startswith((COOKIE, "x"))]

    @pytest.mark.parametrize(
        "path",
        [
            "/static/../app.py",
            "/static/..%2f..%2fapp.py",
            "/static//etc/passwd",
            "/static/%2e%2e/%2e%2e/config.py",
            "/static/css/../../../app.py",
            "/static/\x00",
        ],
    )
    def test_static_files_are_those_of_their_folder(self, a: Town, path: str) -> None:
        answer = a.visitor().get(path, base_url=f"http://{a.host}", follow_redirects=True)
        assert answer.status_code in (400, 404)


def lands_here(link: str) -> bool:
    """Whether a browser that follows the link stays at its host: one slash, then something that is none."""
    plain = link.strip().replace("\\", "/").replace("\t", "")
    return plain.startswith(("/", "?", "#")) and not plain.startswith("//")


def hrefs(page: str) -> list[str]:
    from html import unescape

    return [unescape(part.split('"')[0]) for part in page.split('href="')[1:]]
