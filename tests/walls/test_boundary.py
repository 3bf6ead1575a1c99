"""Every boundary cleans or refuses: paths, queries, forms, cookies, JSON, cursors; and what was found broken there."""

import base64
import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, request
from werkzeug.datastructures import FileStorage

from silah.cases.kinds import every
from silah.desk.cursors import Cursor
from silah.web.request import CleanJson

SOME_ID = "5b1a7c2e-8f0d-4c3b-9a6e-2d4f6081a3c5"
DEEP = "[" * 100_000


@pytest.fixture(scope="module")
def home(make_association: Any) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def asked(app: Flask) -> Any:
    """`asked(**options)` is a request as views see it."""
    from contextlib import contextmanager

    @contextmanager
    def within(path: str = "/", **options: Any) -> Any:
        with app.test_request_context(path, **options):
            yield request

    return within


def word(*parts: Any) -> str:
    """A cursor with these parts."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


class TestWhatWasFoundBroken:
    @pytest.mark.parametrize(
        "path", ["/s/%00", "/s/a%00b", "/s/%EF%BF%BE", "/static/%00", "/%00", "/policy/versions/%00"]
    )
    def test_a_path_that_is_no_text_leads_nowhere(self, home: Any, client: Any, path: str) -> None:
        assert client(home).get(path).status_code == 404

    def test_the_kiosk(self, home: Any, client: Any) -> None:
        browser = client(home)
        for code in ("\0", "\ufffe", "a\0", "x" * 5000):
            assert browser.post("/kiosk", data={"code": code}).status_code in (200, 302, 404, 422)

    @pytest.mark.parametrize(
        "cursor",
        [
            "",
            "%00",
            "x",
            word("due", "9999-12-31", SOME_ID, 0),
            word("due", "0001-01-01", SOME_ID, 1),
            word("received", "9999-12-31T23:59:59+00:00", SOME_ID, 0),
            word("received", "0001-01-01T00:00:00+14:00", SOME_ID, 1),
            word("received", "2026-01-01T00:00:00", SOME_ID, 0),
            word("reference", "R\0", SOME_ID, 0),
            word("reference", "\ud800", SOME_ID, 0),
            word("reference", None, SOME_ID, 0),
            word("due", "2026-01-01", 7, 0),
            word("due", "2026-01-01", "\0", 0),
            word([], "2026-01-01", SOME_ID, 0),
            word("due", {}, None, None),
            base64.urlsafe_b64encode(DEEP.encode()).decode(),
        ],
    )
    def test_a_cursor_of_the_queue(self, home: Any, seat: Any, cursor: str) -> None:
        for sort in ("due", "-due", "received", "reference", "-reference"):
            answer = seat("senior_management").get("/desk/cases", query_string={"from": cursor, "sort": sort})
            assert answer.status_code == 200

    @pytest.mark.parametrize("day", ["9999-12-31", "9998-12-31", "0001-01-01", "1447-01-01", "2026-02-30", "\0", "x"])
    def test_a_span_of_days(self, home: Any, seat: Any, day: str) -> None:
        for name in ("since", "until"):
            answer = seat("senior_management").get("/desk/figures", query_string={"span": "own", name: day})
            assert answer.status_code == 200

    @pytest.mark.parametrize("number", ["9" * 30, "-1", "\0", "1e9", "2147483648"])
    def test_the_rules_of_measuring(self, home: Any, seat: Any, number: str) -> None:
        names = ("fewest", "every_months", "stands_days", "reminders", "remind_after_days")
        sent = dict.fromkeys(names, number) | {"after_cases": number, "periodic": number, "days": number}
        assert seat("administrator").post("/admin/surveys/rules", data=sent).status_code in (200, 422)


class TestRequests:
    def test_texts_are_clean_wherever_they_stand(self, asked: Any) -> None:
        sent = {"a\0": "x\0y\ufffe", "b": "\u200f12\u200f", "c": ["1\0", "2"]}
        with asked(
            "/?q=%00a%EF%BF%BE&q=b", method="POST", data=sent, headers={"Cookie": "lang=a%00; k=\ufeffx"}
        ) as one:
            assert one.args.getlist("q") == ["a", "b"]
            assert dict(one.form.lists()) == {"a": ["xy"], "b": ["12"], "c": ["1", "2"]}
            assert "\0" not in "".join(one.cookies.values())

    @pytest.mark.parametrize("text", ["9" * 400, "-1" * 40, "1e9", "", "x", "2147483648"])
    def test_a_number_beyond_the_database_is_none(self, asked: Any, text: str) -> None:
        with asked("/", query_string={"n": text}) as one:
            assert one.args.get("n", 7, type=int) == 7

    def test_a_number_is_a_number(self, asked: Any) -> None:
        with asked("/", query_string={"n": "-12"}) as one:
            assert one.args.get("n", type=int) == -12

    def test_names_of_files_are_clean(self, asked: Any) -> None:
        import io

        with asked("/", method="POST", data={"f": (io.BytesIO(b"x"), "a\ufffe.pdf")}) as one:
            (file,) = one.files.values()
            assert isinstance(file, FileStorage)
            assert file.filename == "a.pdf"

    def test_a_part_without_a_name_is_no_field(self, asked: Any) -> None:
        parts = b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n"
        parts += b'--b\r\nContent-Disposition: form-data; filename="a.txt"\r\n\r\nx\r\n'
        parts += b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\ny\r\n--b--\r\n'
        with asked(method="POST", data=parts, content_type="multipart/form-data; boundary=b") as it:
            assert list(it.form.items(multi=True)) == [("a", "y")]
            assert list(it.files) == []

    @pytest.mark.parametrize("body", ["1e999", "[[1]]", '{"name": 7}', "null", DEEP])
    def test_json_is_no_form(self, home: Any, seat: Any, body: str) -> None:
        for path in ("/desk/account", "/admin/settings", "/admin/surveys/rules"):
            answer = seat("administrator").post(path, data=body, content_type="application/json")
            assert answer.status_code < 500, path

    @pytest.mark.parametrize(
        "text", [DEEP, DEEP + "]" * 100_000, "[" * 30 + "]" * 30, "NaN", "[Infinity]", "9" * 5000, ""]
    )
    def test_json_that_is_none_or_too_deep_is_a_value_error(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"\S"):
            CleanJson.loads(text)

    def test_json_is_read_clean(self) -> None:
        assert CleanJson.loads('{"a\\u0000": ["\\ud800x", 1, null]}') == {"a": ["x", 1, None]}

    def test_a_cursor_is_read_as_it_was_written(self) -> None:
        made = Cursor("reference", "R-1448-000001", uuid4(), True)
        assert Cursor.read(made.word(), "reference") == made
        assert Cursor.read(made.word(), "due") is None
        assert every()
