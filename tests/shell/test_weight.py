"""What a first visit weighs, and that it need not be fetched twice."""

import re
from gzip import compress

import brotli
import pytest
from flask import Flask

from silah.shell import fonts, static_files

KB = 1000


def linked(page: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/(?:static|theme)[^"]+)"', page)


@pytest.fixture
def page(face: Flask) -> str:
    return face.test_client().get("/parts").text


class TestWeight:
    def test_the_heaviest_page_of_parts_is_under_30_kb(self, page: str) -> None:
        assert len(compress(page.encode())) < 30 * KB

    def test_the_stylesheet_is_under_25_kb_and_the_script_under_15(self, face: Flask) -> None:
        for name, most in (("silah.css", 25), ("silah.js", 15)):
            sent = face.test_client().get(f"/static/{name}", headers={"Accept-Encoding": "br"})
            assert sent.headers["Content-Encoding"] == "br"
            assert len(sent.data) < most * KB
        assert len(face.test_client().get("/static/silah.js").data) < 15 * KB

    def test_sent_text_has_no_comments_and_every_string_of_its_source(self, face: Flask) -> None:
        quoted = re.compile(r'"[^"\\\n]*"')
        for name, (folder, pattern) in static_files.BUNDLES.items():
            sent = face.test_client().get(f"/static/{name}").text
            assert "/*" not in sent
            assert "\n//" not in sent
            for file in sorted((static_files.FOLDER / folder).glob(pattern)):
                source = re.sub(r"/\*.*?\*/|^\s*//.*?$", "", file.read_text("utf-8"), flags=re.S | re.M)
                assert [words for words in quoted.findall(source) if words not in sent] == [], file.name

    def test_each_font_is_under_45_kb(self, face: Flask) -> None:
        for name in fonts.FONTS:
            assert len(face.test_client().get(f"/static/fonts/{name}").data) < 45 * KB


class TestCaching:
    def test_what_a_page_links_is_kept_for_a_year(self, face: Flask, page: str) -> None:
        found = linked(page)
        assert len(found) >= 5
        for address in found:
            answer = face.test_client().get(address.replace("&amp;", "&"))
            assert answer.status_code == 200, address
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", address

    def test_the_stylesheet_asks_for_the_font_that_was_preloaded(self, face: Flask, page: str) -> None:
        css = face.test_client().get("/static/silah.css").text
        wanted = {f"/static/{path}" for path in re.findall(r"url\((fonts/[^)]+)\)", css)}
        assert wanted
        assert wanted <= set(linked(page))

    def test_without_or_under_another_fingerprint_it_is_asked_for_again(self, face: Flask) -> None:
        for address in ("/static/silah.css", "/static/silah.css?v=0", "/theme.css", "/theme.css?v=0"):
            assert face.test_client().get(address).headers["Cache-Control"] == "no-cache"

    def test_a_kept_copy_is_confirmed_without_a_body(self, face: Flask) -> None:
        tag = face.test_client().get("/static/silah.css").headers["ETag"]
        again = face.test_client().get("/static/silah.css", headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")

    def test_a_reader_without_brotli_gets_gzip_or_the_plain_text(self, face: Flask) -> None:
        client = face.test_client()
        plain = client.get("/static/silah.css")
        assert "Content-Encoding" not in plain.headers
        brotlied = client.get("/static/silah.css", headers={"Accept-Encoding": "gzip, br"})
        assert brotli.decompress(brotlied.data) == plain.data
        assert (
            client.get("/static/silah.css", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
        )

    @pytest.mark.parametrize("name", ["nothing.css", "../theme.py", "%2e%2e/theme.py", "fonts/other.woff2", "css"])
    def test_nothing_else_is_served(self, face: Flask, name: str) -> None:
        assert face.test_client().get(f"/static/{name}").status_code == 404


class TestFonts:
    def test_the_font_carries_both_scripts_and_no_more(self, face: Flask) -> None:
        from io import BytesIO

        from fontTools.ttLib import TTFont

        body = face.test_client().get("/static/fonts/sans-regular.woff2").data
        assert body[:4] == b"wOF2"
        letters = TTFont(BytesIO(body)).getBestCmap()
        assert {ord(letter) for letter in "صلةAz0٠؟،"} <= set(letters)

    def test_a_folder_that_cannot_be_written_is_done_without(self, tmp_path) -> None:  # type: ignore[no-untyped-def]
        blocked = tmp_path / "file"
        blocked.write_text("in the way")
        assert fonts.woff2("sans-regular.woff2", blocked)[:4] == b"wOF2"
