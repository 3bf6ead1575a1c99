"""The five blueprints: data from which an association is set up, and their loader.

Each is a folder of TOML files; ``{use = "clause"}`` in one stands for a clause of ``common/clauses.toml`` that
several policies share. Each has a version: whoever improves one gives it the next number and records it
(`python -m tenants.blueprints.recording`), and associations are offered what changed.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from flask import has_app_context
from pydantic import Field

from tenants.database import installation
from tenants.errors import TenancyError
from tenants.policy import Policy
from tenants.policy_parts import Key
from tenants.texts import Part, Text

NAMES = ("madinah-centers", "tamkeen-qassim", "hayat-arar", "samtah-cooperative", "nobough-talents")


class UnknownBlueprint(TenancyError):
    """There is no blueprint of this name; the text lists those that there are."""


class RoleDefinition(Part):
    """A role as the association starts with it: names, and the values of the permissions it is made of."""

    key: Key
    name: Text
    permissions: tuple[str, ...]


class BranchDefinition(Part):
    """A branch office as the association starts with it."""

    key: Key
    name: Text
    hours: Text = Text()
    address: Text = Text()


class Blueprint(Part):
    """All that an association starts with.

    ``request_types`` are definitions of intake's forms as plain data; ``messages`` rewords message templates, and
    ``slug`` and ``accent`` are what a demonstration uses.
    """

    name: str
    version: int
    slug: str
    accent: str
    policy: Policy
    roles: tuple[RoleDefinition, ...]
    branches: tuple[BranchDefinition, ...]
    request_types: tuple[dict[str, Any], ...]
    messages: dict[str, Any] = Field(default_factory=dict)

    @property
    def title(self) -> Text:
        """The association's name as the blueprint has it."""
        return self.policy.identity.name

    def policy_for(self, name_ar: str, name_en: str) -> Policy:
        """The policy under another association's names."""
        identity = self.policy.identity.model_copy(update={"name": Text(ar=name_ar, en=name_en)})
        return self.policy.model_copy(update={"identity": identity})


def names() -> tuple[str, ...]:
    """The names of the blueprints."""
    return NAMES


def newest() -> dict[str, int]:
    """The version of each blueprint as it is."""
    return {name: load(name).version for name in NAMES}


def load(name: str) -> Blueprint:
    """The blueprint of this name as it is, with its version; raises UnknownBlueprint."""
    if name not in NAMES:
        raise UnknownBlueprint(f"no blueprint is called {name!r}; there are {', '.join(NAMES)}")
    return _loaded(name, installation().blueprints_dir if has_app_context() else None)


@lru_cache(maxsize=4 * len(NAMES))
def _loaded(name: str, own: Path | None) -> Blueprint:
    """The blueprint as it lies in the installation's own folder, or else with the release."""
    folder: Traversable = own or files(__package__)
    here, common = folder / name, folder / "common"
    head = _read(here / "association.toml")
    clauses = _read(common / "clauses.toml")
    return Blueprint(
        name=name,
        version=head["version"],
        slug=head["slug"],
        accent=head["accent"],
        policy=Policy.read(_resolved(_read(here / "policy.toml"), clauses)),
        roles=tuple(_roles(head["roles"], _read(common / "roles.toml"))),
        branches=tuple(BranchDefinition.model_validate(branch) for branch in head["branches"]),
        request_types=tuple(_read(here / "requests.toml")["types"]),
        messages=head.get("messages", {}),
    )


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _roles(wanted: Mapping[str, Any], known: Mapping[str, Any]) -> list[RoleDefinition]:
    """The roles of the catalogue that the association has; ``adds`` gives one of them more permissions."""
    adds: Mapping[str, list[str]] = wanted.get("adds", {})
    return [
        RoleDefinition(
            key=key,
            name=Text(**known[key]["name"]),
            permissions=tuple(known[key]["permissions"]) + tuple(adds.get(key, ())),
        )
        for key in wanted["keys"]
    ]


def _resolved(value: Any, clauses: Mapping[str, Any]) -> Any:
    """The value with each ``{use = name}`` replaced by that clause; what stands beside it is laid over."""
    if isinstance(value, list):
        return [_resolved(item, clauses) for item in value]
    if not isinstance(value, dict):
        return value
    rest = {key: _resolved(item, clauses) for key, item in value.items() if key != "use"}
    return {**_resolved(clauses[value["use"]], clauses), **rest} if "use" in value else rest
