"""What each version of a blueprint held, as marks in `versions.toml`: `python -m tenants.blueprints.recording`.

A version that associations were furnished from is never another text later, or they would not be offered what changed.
"""

import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from tenants.blueprints import Blueprint, load, names

HEAD = """# What each version of each blueprint held. Written by: python -m tenants.blueprints.recording
"""

Marks = Mapping[str, Mapping[str, str]]


class VersionUsed(Exception):
    """A blueprint changed and its version did not."""


def mark(blueprint: Blueprint) -> str:
    """A mark of all that an association is furnished with, whatever the version; a setting left as usual is none."""
    held = blueprint.model_dump(mode="json", exclude={"version"}, exclude_defaults=True)
    text = json.dumps(held, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def recorded() -> Marks:
    """The marks on record, by blueprint and version."""
    return tomllib.loads((files(__package__) / "versions.toml").read_text(encoding="utf-8"))


def used(blueprint: Blueprint, marks: Marks) -> bool:
    """Whether the blueprint's version, or a later one, is on record with another text."""
    held = marks.get(blueprint.name, {})
    if held.get(str(blueprint.version)) == mark(blueprint):
        return False
    return blueprint.version <= max((int(one) for one in held), default=0)


def wrong(blueprint: Blueprint, marks: Marks) -> str | None:
    """What is not in order about a blueprint's version, and how to mend it; None where all is."""
    held, version = marks.get(blueprint.name, {}), blueprint.version
    if held.get(str(version)) == mark(blueprint):
        return None
    if used(blueprint, marks):
        newest = max(int(one) for one in held)
        return (
            f"The blueprint {blueprint.name} changed, but version {version} is on record with another text. "
            f"Write version = {newest + 1} in tenants/blueprints/{blueprint.name}/association.toml, then record it: "
            "python -m tenants.blueprints.recording"
        )
    return (
        f"Version {version} of the blueprint {blueprint.name} is not on record yet. "
        "Record it: python -m tenants.blueprints.recording"
    )


def with_new(marks: Marks) -> dict[str, dict[str, str]]:
    """The marks with those of new versions; raises VersionUsed where a version on record holds another text."""
    fresh = {name: dict(marks.get(name, {})) for name in names()}
    for name in names():
        blueprint = load(name)
        if used(blueprint, marks):
            raise VersionUsed(wrong(blueprint, marks))
        fresh[name][str(blueprint.version)] = mark(blueprint)
    return fresh


def written(marks: Marks) -> str:
    """The marks as the file holds them."""
    tables = [
        f"\n[{name}]\n" + "".join(f'{version} = "{one}"\n' for version, one in held.items())
        for name, held in marks.items()
    ]
    return HEAD + "".join(tables)


if __name__ == "__main__":
    try:
        text = written(with_new(recorded()))
    except VersionUsed as refused:
        sys.exit(str(refused))
    Path(str(files(__package__) / "versions.toml")).write_text(text, encoding="utf-8")
