"""What a reverse proxy says of a request, believed only where a trusted one said it.

`X-Forwarded-*` count where the socket's peer is a proxy of `SILAH_PROXY_NETWORKS`; from anybody else they are dropped.
`X-Forwarded-Host` decides only where the proxy did not pass the visitor's `Host` on: where `Host` is one of this
installation's, a differing header is what the visitor wrote, and it never names a host that is none of ours.
"""

import ipaddress
from collections.abc import Iterable
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

from silah.config import Settings

FORWARDED = "HTTP_X_FORWARDED_"
HOST = "HTTP_X_FORWARDED_HOST"


class TrustedForwarding:
    """The application behind its proxies: their headers are applied, everybody else's are dropped."""

    def __init__(self, app: Any, settings: Settings) -> None:
        count = settings.proxies
        self.app = ProxyFix(app, x_for=count, x_proto=count, x_host=count)
        self.count, self.networks, self.domain = count, settings.proxy_network_list, settings.base_domain

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not self._trusts(environ.get("REMOTE_ADDR", "")):
            for name in [one for one in environ if one.startswith(FORWARDED) or one == "HTTP_FORWARDED"]:
                del environ[name]
        elif not self._takes_host(environ):
            environ.pop(HOST, None)
        return self.app(environ, start_response)

    def _trusts(self, peer: str) -> bool:
        """Whether the socket's peer is a proxy; a local socket has no address."""
        if not peer:
            return True
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self.networks)

    def _takes_host(self, environ: dict[str, Any]) -> bool:
        values = [one.strip() for one in environ.get(HOST, "").split(",")]
        if len(values) < self.count:
            return False
        return not self._ours(environ.get("HTTP_HOST", "")) and self._ours(values[-self.count])

    def _ours(self, host: str) -> bool:
        """Whether a host is the platform's or could be an association's; the registry says whether it is."""
        name = host.strip().lower().partition(":")[0].rstrip(".")
        return name == self.domain or name.endswith(f".{self.domain}")
