"""Hostile values by kind: what a text, a number, a date, an id, a file, a header or a body may be in the worst case."""

import json
import random
from urllib.parse import quote

LONG = "ا" * 5000
TEXTS = (
    "", " ", "\0", "a\0b", "\x01\x02\x1b[0m", "\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\u202e123\u202c",
    "\u200f", "\ufeff", "\u200b\u200c\u200d", "٣٫٥", "١٢٣٤", "۱۲۳", "<script>alert(1)</script>",
    "'; DROP TABLE x; --", "%s%(x)s{0}{{7*7}}", "../../etc/passwd", "..\\..\\x", "//evil.example/",
    "javascript:alert(1)", "a" * 300, "a" * 3000, LONG, "\r\n\r\nX: y", "\n" * 50, "👨‍👩‍👧‍👦", "e" + "\u0301" * 200,
    "ﷺ", "on", "yes", "no", "true", "null", "None", "[]", "{}", "[object Object]", "a,b;c|d", "=1+1", "@SUM(A1)",
    "\t", "*", "%", "_", "\\", "'", '"', "(", "[a-", "+", "&amp;", "عبدالله\u200cبن", "ı", "ß" * 50, "-", ".", "..",
    "\u2028", "\x85", "\x7f", "x@y", "a@b.example", "a@xn--.example", "نورة@جمعية.مثال", "@", "+966500000000",
    "0500000000", "SA0380000000608010167519", "1000000008", "data:image/png;base64,AAAA", "data:image/png;base64,",
    "R-1448-000001", "C-1448-999999999999", "A-0000-0", "#ff0000", "rgb(1,2,3)", "pdf", "csv",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "-0", "1e309", "1e-999999", "NaN", "Infinity", "-Infinity", "9" * 20, "9" * 400, "9" * 5000,
    "2147483647", "2147483648", "-2147483649", "9223372036854775808", "1.5", "1,5", "٫٥", "0x10", "1_000",
    "٩٩٩٩٩٩٩٩٩٩٩", "1e5", "+7", "²", "௧", "½", "1", "2", "25", "100", "99999",
)  # fmt: skip
DAYS = (
    "9999-12-31", "9998-12-31", "0001-01-01", "0000-00-00", "2026-02-30", "1447-09-01", "1/9/1447", "31/12/9999",
    "2300-01-01", "1800-01-01", "2026-W53-7", "20260101", "2026-13-01", "2026-01-01T00:00:00",
    "2026-01-01T00:00:00+99:99", "-2026-01-01", "٢٠٢٦-٠١-٠١", "2026-09-23", "12345-01-01",
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "1/1/1", "29/2/1500", "30/12/1500", "23:59", "24:00",
    "99:99", "2026-09-07", "2026-10-01", "2200-12-31", "1900-01-01",
)  # fmt: skip
IDS = (
    "0", "not-an-id", "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "f" * 32,
    "ffffffff-ffff-ffff-ffff-ffffffffffff", "urn:uuid:00000000-0000-0000-0000-000000000000",
    "00000000-0000-0000-0000-00000000000",
)  # fmt: skip
BYTES = (
    "%00", "%ff", "%ed%a0%80", "%f4%90%80%80", "%c0%80", "%ef%bf%be", "%", "%zz", "%u0041", "%2e%2e%2f", "%0d%0a",
    "+",
)  # fmt: skip
"""Values that are not even text, as they stand in an address."""

HOSTS = (
    "", "a b", "x" * 300, "evil.example", "[::1]", "[", "127.0.0.1", "a..b", "-", "xn--", "silah.test.",
    "a.silah.test:99999", "ü",
)  # fmt: skip
LANGUAGES = ("", "*", "ar;q=9", "en-" + "x" * 400, ",,,", "ar-u-nu-latn", "\xff", "zz;q=nan", "ar;q=-1;q=2")
RANGES = (
    "bytes=0-", "bytes=-1", "bytes=9999999999-", "bytes=5-1", "bytes=0-0,1-1,2-2", "x=1", "bytes=", "bytes=a-b",
    "bytes=-0",
)  # fmt: skip
KINDS = (
    "text/plain", "application/json", "application/xml", "multipart/form-data", "multipart/form-data; boundary=",
    "x", "", "multipart/form-data; boundary=" + "b" * 200, "application/x-www-form-urlencoded; charset=utf-16",
    "image/png", "application/json; charset=x",
)  # fmt: skip
COOKIES = (
    "silah=x", "silah=.eJx.y.z", "lang=xx", "lang=\x7f", "draft=\xff", "silah=" + "a" * 5000, "a=b; a=c", "=",
    ";;;", 'silah="',
)  # fmt: skip
DEEP = 100_000
JSONS = (
    "", "null", "[]", "{}", "1", '"a"', "{", "[" * DEEP, "[" * DEEP + "]" * DEEP, '{"a":' * 5000 + "1" + "}" * 5000,
    "NaN", "1e999", '{"id":"\\u0000","answers":{"a":"\\ud800"}}', '{"id":[{}]}', '"\\ud800"', "9" * 5000,
    '{"a":1,"a":2}', "\ufeff{}",
)  # fmt: skip
FILES = (
    b"", b"\0", b"%PDF-1.4", b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"PK\x03\x04", b"MZ",
    b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"<svg/>", b"a,b\n1,2", b"\xef\xbb\xbf", b"x" * 70_000,
)  # fmt: skip
NAMES = (
    "", "a.pdf", "a\0.pdf", "../../a.pdf", "a" * 400 + ".pdf", "نموذج.pdf", "\u202egpj.exe", ".", "a.pdf/",
    'a".pdf', "con", "\ufffe.png",
)  # fmt: skip

PARTS = (
    b"--b\r\n\r\nx\r\n--b--",
    b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="a"; filename=""\r\n\r\n\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a\0b"\r\nContent-Type: \r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    b'--c\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--c--\r\n',
    b"--b\r\nContent-Disposition: form-data; name*=utf-8''%ff%00\r\n\r\nx\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="\xff"\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff\r\n--b--\r\n',
    b"--b\r\n" * 2000,
    b"",
)
"""The parts of a form, with something wrong in them."""


def any_text(luck: random.Random) -> str:
    """Return a hostile text of any kind."""
    return luck.choice(luck.choice((TEXTS, TEXTS, NUMBERS, DAYS, IDS)))


def value_for(luck: random.Random, name: str, kind: str = "") -> str:
    """Return a value for a field, of the kind that its name or type promises, or of any."""
    if luck.random() < 0.4:
        return any_text(luck)
    if kind == "date" or name.endswith(
        ("_on", "on", "since", "until", "date", "born", "at", "first", "last", "from", "to")
    ):
        return luck.choice(DAYS)
    if kind == "number" or name in (
        "page",
        "year",
        "quarter",
        "before",
        "number",
        "limit",
        "amount",
        "version",
        "seen",
    ):
        return luck.choice(NUMBERS)
    if name.endswith(
        ("id", "branch", "member", "area", "type", "about", "case", "follows", "beneficiary", "questionnaire")
    ):
        return luck.choice(IDS)
    return luck.choice(TEXTS)


def cursor(luck: random.Random) -> str:
    """Return a place in a list as the queue writes it, with something else in it."""
    import base64

    parts = [
        luck.choice(("due", "received", "reference")),
        luck.choice((*DAYS, *TEXTS[:30], None, 1, [], {})),
        luck.choice((*IDS, 7, None)),
        luck.choice((0, 1, "x")),
    ]
    text = luck.choice((json.dumps(parts), json.dumps(parts[:3]), json.dumps(parts, ensure_ascii=False), *JSONS[:9]))
    return base64.urlsafe_b64encode(text.encode("utf-8", "replace")).decode().rstrip("=")


def escaped(luck: random.Random, value: str) -> str:
    """Return a value as it stands in an address, or sometimes bytes that are no text."""
    if luck.random() < 0.1:
        return luck.choice(BYTES)
    return quote(value.encode("utf-8", "surrogatepass"), safe="")
