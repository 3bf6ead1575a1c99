"""A browser's long name for itself becomes the words by which its owner knows it."""

import pytest

from silah.staff.browsers import known

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Linux; Android 14; SM-A05) {WEBKIT} Chrome/130.0 Mobile Safari/537.36", "Chrome · Android"),
        (f"Mozilla/5.0 (Linux; Android 13) {WEBKIT} SamsungBrowser/25.0 Chrome/121.0", "Samsung Internet · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "Safari · iPhone"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64) {WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("Nokia 3310", "Nokia 3310"),
        ("x" * 200, "x" * 60),
    ],
)
def test_is_said_shortly(agent: str, words: str) -> None:
    assert known(agent) == words
