"""The page of the blueprint as tests read and send it, and improved blueprints."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tenants import blueprints

PAGE = "/admin/policy/blueprint"
NAME = "tamkeen-qassim"
WEEK, FORTNIGHT = 'amount = 1\nunit = "weeks"', 'amount = 2\nunit = "weeks"'
SAID = "They are answered in not less than one week."
EASE, ELECTRONIC = '  { use = "ease" },\n', '  { use = "electronic" },\n'
GUIDE = '{ use = "social_research_guide" }'
Improve = Callable[..., None]

FIRST = blueprints.load(NAME).version
"""The version that associations are furnished from."""


@pytest.fixture
def improve(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Improve:
    """`improve((old, new), …)` has the installation work from blueprints of which one has its next version.

    ``elsewhere`` are changes in files other than its policy.
    """
    here = [Path(blueprints.__file__).parent]

    def make(*changes: tuple[str, str], elsewhere: Mapping[str, list[tuple[str, str]]] | None = None) -> None:
        folder = tmp_path / str(len(here))
        shutil.copytree(here[-1], folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        head = folder / NAME / "association.toml"
        version = FIRST + len(here)
        head.write_text(head.read_text().replace(f"version = {version - 1}", f"version = {version}"))
        for file, pairs in {f"{NAME}/policy.toml": list(changes), **(elsewhere or {})}.items():
            text = (folder / file).read_text()
            for old, new in pairs:
                assert old in text, old
                text = text.replace(old, new)
            (folder / file).write_text(text)
        here.append(folder)
        monkeypatch.setitem(app.config, "SILAH", app.config["SILAH"].model_copy(update={"blueprints_dir": folder}))

    return make


def look(place: Any, language: str = "en", role: str = "administrator") -> str:
    answer = place.desk(role).get(f"{PAGE}?lang={language}")
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text


def offered(page: str) -> dict[str, str]:
    """The keys of the changes on a page, by where they are."""
    pairs = re.findall(r"<legend><strong><bdi>(.*?)</bdi>.*?name=\"c-([0-9a-f]+)\"", page, re.S)
    return {where.replace("›", ">"): key for where, key in pairs}


def mark(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def send(place: Any, chosen: dict[str, str], **sent: str) -> Any:
    """Choose by where the changes are, and send."""
    page = look(place)
    keys = offered(page)
    data = {f"c-{keys[where]}": what for where, what in chosen.items()}
    return place.desk().post(PAGE, data={"seen": mark(page), **data, **sent})


def draft_of(answer: Any) -> UUID:
    assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.text)[:2000]
    return UUID(answer.headers["Location"].split("/")[3])
