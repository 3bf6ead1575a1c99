"""What happens elsewhere once a version of the policy comes into force."""

from collections.abc import Callable

from silah.web.access import Member
from tenants.versions import PolicyVersion

Effect = Callable[[PolicyVersion, Member | None], object]
"""Called in the transaction that brings a version into force, with the member who did it, or None by due work."""

_registered: dict[str, Effect] = {}


def register(name: str, effect: Effect) -> None:
    """Call this function when a version comes into force, under the name of its feature."""
    _registered[name] = effect


def run_effects(version: PolicyVersion, by: Member | None) -> None:
    """Call what was registered, in the order in which it was."""
    for effect in _registered.values():
        effect(version, by)
