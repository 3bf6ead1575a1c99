"""Settings from the environment: every `SILAH_*` variable, its default, and what makes it unusable.

An installation refuses to start on missing or made-up secrets: `Settings.from_environment` raises
`BadSettings`, whose text is one plain line for each thing to put right. Code and tests may also build
`Settings(...)` directly.
"""

import base64
import binascii
import hashlib
import ipaddress
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import DirectoryPath, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32
FEWEST_LETTERS = 10
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class BadSettings(Exception):
    """The environment does not describe an installation that may start; `lines` says what to put right."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """Everything that differs from one installation to the next."""

    model_config = SettingsConfigDict(
        env_prefix="SILAH_", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    database_url: str = Field(description="the application's login on PostgreSQL", repr=False)
    owner_url: str | None = Field(default=None, description="the login that creates and migrates", repr=False)
    redis_url: str = Field(description="redis://… or unix://…", repr=False)
    limits_url: str | None = Field(
        default=None, description="a second Redis, which writes nothing to disk, for what limits count", repr=False
    )
    pool_size: int = Field(default=5, ge=1)
    pool_overflow: int = Field(default=5, ge=0)
    retire_after: int = Field(
        default=500, ge=1, description="associations that one connection serves before it is replaced"
    )
    statement_timeout_ms: int = Field(default=15_000, ge=0)
    lock_timeout_ms: int = Field(default=5_000, ge=0)
    idle_timeout_ms: int = Field(default=60_000, ge=0, description="how long a transaction may do nothing")
    role_mode: Literal["tenant", "none"] = "tenant"
    pooler: Literal["none", "transaction", "resetting"] = Field(
        default="none", description="a transaction pooler before PostgreSQL, and whether it resets connections itself"
    )

    base_domain: str = Field(description="the platform's host; an association answers at SLUG.base_domain")
    scheme: Literal["http", "https"] = "https"
    port: int | None = Field(
        default=None, ge=1, le=65535, description="the port in addresses, where it is not the usual one"
    )
    proxies: int = Field(default=0, ge=0, description="trusted reverse proxies in front that set X-Forwarded-*")

    proxy_networks: str = Field(
        default="127.0.0.0/8,::1/128", description="from where those proxies speak, as networks with commas between"
    )

    secret_key: str = Field(description="signs sessions and tokens", repr=False)
    master_key: str = Field(description="32 bytes in base64; wraps each association's data key", repr=False)
    master_key_old: str | None = Field(
        default=None,
        description="the master key before, accepted until `silah keys rotate` is through",
        repr=False,
    )

    blueprints_dir: DirectoryPath | None = Field(
        default=None, description="a folder of blueprints in place of those that come with the release"
    )

    storage_url: str = Field(description="where documents are kept: a folder or an fsspec address")
    cache_dir: Path = Path("/var/cache/silah")
    upload_limit_mb: int = Field(default=20, ge=1)
    shed_after_seconds: float = Field(default=3, gt=0)

    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str | None = None
    smtp_password: str | None = Field(default=None, repr=False)
    smtp_starttls: bool = True
    smtp_utf8: bool = False
    smtp_from: str = "Silah <no-reply@localhost>"
    sms_url: str | None = Field(
        default=None, description="an Apprise address with {to} where the number goes", repr=False
    )
    mailbox_dir: Path | None = Field(default=None, description="where mail is put that no SMTP server takes")

    development: bool = Field(default=False, description="accept weak secrets; never on a public machine")
    demo: bool = Field(default=False, description="show the local mailbox and the demo's accounts")

    @classmethod
    def from_environment(cls) -> Self:
        """Read `SILAH_*`; raises `BadSettings` with one line for each thing that is missing or wrong."""
        try:
            return cls()  # type: ignore[call-arg]  # the required ones come from the environment
        except ValidationError as error:
            raise BadSettings([plain(dict(one)) for one in error.errors()]) from None

    @field_validator("database_url", "owner_url")
    @classmethod
    def by_psycopg2(cls, url: str | None) -> str | None:
        """Name the driver: SQLAlchemy takes a bare `postgresql://` for another one."""
        if url is None:
            return None
        scheme, mark, rest = url.partition("://")
        if not mark or scheme.split("+")[0] not in {"postgres", "postgresql"}:
            raise ValueError("must be an address like postgresql://login:password@host/database")
        return f"postgresql+psycopg2://{rest}"

    @field_validator("redis_url", "limits_url")
    @classmethod
    def on_redis(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return url

    @field_validator("base_domain")
    @classmethod
    def bare_domain(cls, domain: str) -> str:
        bare = domain.strip().rstrip(".").lower()
        if not bare or any(mark in bare for mark in "/:@ "):
            raise ValueError("must be a bare domain such as silah.example, without scheme, port or path")
        return bare

    @field_validator("master_key", "master_key_old")
    @classmethod
    def of_32_bytes(cls, key: str | None) -> str | None:
        if key is not None and len(decoded(key)) != 32:
            raise ValueError("must be 32 bytes in base64; make one with: openssl rand -base64 32")
        return key

    @field_validator("proxy_networks")
    @classmethod
    def of_networks(cls, text: str) -> str:
        try:
            networks(text)
        except ValueError:
            raise ValueError("must be networks such as 127.0.0.0/8,10.0.0.0/8") from None
        return text

    @model_validator(mode="after")
    def real_secrets(self) -> Self:
        if self.development:
            return self
        if len(self.secret_key) < SHORTEST_SECRET or len(set(self.secret_key)) < FEWEST_LETTERS:
            raise ValueError(
                f"SILAH_SECRET_KEY is not a real secret (at least {SHORTEST_SECRET} random characters); "
                "make one with: openssl rand -base64 48"
            )
        if len(set(self.master_key_bytes)) < FEWEST_LETTERS:
            raise ValueError("SILAH_MASTER_KEY is not random; make one with: openssl rand -base64 32")
        if self.secret_key == self.master_key:
            raise ValueError("SILAH_SECRET_KEY and SILAH_MASTER_KEY must differ")
        return self

    @property
    def master_key_bytes(self) -> bytes:
        """The platform's master key, 32 bytes."""
        return decoded(self.master_key)

    @property
    def master_keys(self) -> tuple[bytes, ...]:
        """The master key, and the one before it while keys are being rotated."""
        return (self.master_key_bytes, *([decoded(self.master_key_old)] if self.master_key_old else []))

    @property
    def proxy_network_list(self) -> list[Network]:
        """From where trusted proxies speak."""
        return networks(self.proxy_networks)

    @property
    def secure(self) -> bool:
        """Whether pages are served over HTTPS, so that cookies are marked Secure."""
        return self.scheme == "https"

    @property
    def installation(self) -> str:
        """What sets its keys and queue in Redis apart from another installation's: domain and database."""
        where = urlsplit(self.database_url)
        database = f"{where.hostname}:{where.port}{where.path}?{where.query}"
        return f"silah:{self.base_domain}:{hashlib.sha256(database.encode()).hexdigest()[:8]}"

    def environment(self) -> dict[str, str]:
        """These settings as the `SILAH_*` variables of a child process; what is as by default is left out."""
        given = self.model_dump(mode="json", exclude_defaults=True)
        return {f"SILAH_{name.upper()}": str(value) for name, value in given.items()}

    def host(self, slug: str | None = None) -> str:
        """The host name of an association, or of the platform itself; without a port."""
        return f"{slug}.{self.base_domain}" if slug else self.base_domain

    def address(self, slug: str | None = None) -> str:
        """Where an association (or, without a slug, the platform) answers: `https://markaz.silah.example`."""
        return self.address_at(self.host(slug))

    def address_at(self, host: str) -> str:
        """What is written for a host, with the scheme and the port that all pages of the installation have."""
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port else "")


def networks(text: str) -> list[Network]:
    """Read networks with commas between; raises ValueError for one that is none."""
    return [ipaddress.ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip()]


def decoded(key: str) -> bytes:
    """The bytes of a base64 text in either alphabet, with or without padding; empty if it is none."""
    text = key.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        return b""


def plain(error: dict[str, object]) -> str:
    """One validation error as a line that names the variable."""
    place = error.get("loc")
    name = f"SILAH_{str(place[0]).upper()}" if isinstance(place, tuple) and place else ""
    if error["type"] == "missing":
        about = Settings.model_fields[str(place[0])].description if isinstance(place, tuple) else None
        return f"{name} is not set" + (f" ({about})" if about else "")
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{name} {said[:1].lower()}{said[1:]}" if name else said
