"""The macros of ``parts/``, each loaded once: a page that imports ``ui.html`` need not load them all again."""

from typing import Any

from jinja2 import Environment


class Parts:
    """``parts.NAME`` in a template is the macro NAME of ``parts/NAME.html``; they depend on no page's context."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._loaded: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name in self._loaded:
            return self._loaded[name]
        found = getattr(self._environment.get_template(f"parts/{name}.html").module, name)
        if not self._environment.auto_reload:
            self._loaded[name] = found
        return found
