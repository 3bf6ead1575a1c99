"""The demo's data folder: where it stands, what it holds, and the settings and secrets that go with it."""

import base64
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fasteners

from silah.config import Settings
from silah.embedded.servers import Addresses, servers

OURS = (
    *("pg", "redis", "limits", "documents", "cache", "mail"),
    *("logins.json", "secrets.json", "accounts.json", "demo.json"),
)
PRIVATE = ("log", "mail", "redis", "limits", "documents", "cache")
"""What of it no other user of the machine may look into."""
FILLING = "filling"

Accounts = dict[str, list[dict[str, Any]]]
"""By slug: who may sign in there, each with `email`, `password` and `roles`."""


class CannotStart(Exception):
    """The demo cannot start; the text is the one line that says why."""


def default_folder() -> Path:
    """Where the demo keeps its data unless told: for root, a place whose parents are open to all anyway."""
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/silah-demo")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "silah-demo"


@dataclass(frozen=True)
class Folder:
    """A data folder that is ours while the demo runs."""

    path: Path

    @property
    def logs(self) -> Path:
        """Where the processes write what they have to say."""
        return self.path / "log"

    def close_to_others(self) -> None:
        """Make what holds letters, logs, documents and queues readable by its owner alone, and the folder too.

        As root, PostgreSQL runs under another user, who has to pass through the folder and reads nothing else in it.
        """
        root = os.name == "posix" and os.geteuid() == 0
        self.path.chmod(0o711 if root else 0o700)
        for name in PRIVATE:
            (self.path / name).mkdir(exist_ok=True)
            (self.path / name).chmod(0o700)

    @property
    def filled(self) -> bool:
        """Whether the associations were created and filled to the end, some time before."""
        return (self.path / "accounts.json").exists()

    def begin_filling(self) -> None:
        """Note that filling has begun, so that one that was cut short is started afresh."""
        (self.path / FILLING).touch()

    def end_filling(self, accounts: Accounts) -> None:
        """Note that everything is there, and who may sign in where."""
        write_private(self.path / "accounts.json", accounts)
        (self.path / FILLING).unlink()

    def describe(self, settings: Settings) -> dict[str, Any]:
        """Write `demo.json`, which tells scripts where everything answers, and give what it says."""
        accounts: Accounts = json.loads((self.path / "accounts.json").read_text())
        described = {
            "base_url": settings.address(),
            "database_url": settings.database_url,
            "redis_url": settings.redis_url,
            "associations": [
                {"slug": slug, "url": settings.address(slug), "accounts": people} for slug, people in accounts.items()
            ],
        }
        write_private(self.path / "demo.json", described)
        return described

    def clear_half_filled(self) -> None:
        """Remove what a filling left that never came to its end; anything else in the folder stays."""
        if not (self.path / FILLING).exists():
            return
        if (self.path / "pg" / "postmaster.pid").exists():
            with suppress(Exception), servers(self.path):
                pass  # Taken over from a demo that was killed, and stopped.
        for name in OURS:
            target = self.path / name
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)
        (self.path / FILLING).unlink()

    def secrets(self) -> dict[str, str]:
        """The keys, and the password of the demo's accounts; made once, readable by the owner alone."""
        kept = self.path / "secrets.json"
        if not kept.exists():
            made = {
                "secret_key": secrets.token_urlsafe(48),
                "master_key": base64.b64encode(secrets.token_bytes(32)).decode(),
                "password": f"silah-{secrets.token_hex(4)}",
            }
            write_private(kept, made)
        found: dict[str, str] = json.loads(kept.read_text())
        return found

    def settings(self, servers: Addresses, port: int) -> Settings:
        """The demo's settings; a mail server or SMS gateway is taken from the environment."""
        keys = self.secrets()
        return Settings(
            database_url=servers.database_url,
            owner_url=servers.owner_url,
            redis_url=servers.redis_url,
            limits_url=servers.limits_url,
            base_domain="localhost",
            scheme="http",
            port=port,
            secret_key=keys["secret_key"],
            master_key=keys["master_key"],
            storage_url=str(self.path / "documents"),
            cache_dir=self.path / "cache",
            mailbox_dir=self.path / "mail",
            demo=True,
        )


@contextmanager
def held(path: Path) -> Iterator[Folder]:
    """Hold a data folder for this process; raises `CannotStart` if it is unwritable or another demo's."""
    try:
        path = path.expanduser().absolute()
        path.mkdir(parents=True, exist_ok=True)
        folder = Folder(path.resolve())
        folder.close_to_others()
        lock = fasteners.InterProcessLock(str(path / ".demo.lock"))
        mine = lock.acquire(blocking=False)
    except OSError as error:
        raise CannotStart(f"The folder {path} cannot be written: {error.strerror}.") from None
    if not mine:
        raise CannotStart(f"Another demo is running on the folder {path}.")
    try:
        yield folder
    finally:
        lock.release()


def write_private(path: Path, content: object) -> None:
    """Write JSON that only the owner may read, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(content, out, ensure_ascii=False, indent=2)
    part.replace(path)
