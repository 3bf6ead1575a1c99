"""Kill web processes, workers and schedulers under load: `python -m tests.faults.kills --seconds 60 --port 8123`.

It proves that a kill -9 of any of them loses nothing that was acknowledged: each reference that a visitor was shown is
in the database once, each form is one case however often it was pressed, each case has its mail, and no mail goes out
twice but where a worker fell between the server's answer and the commit. Real PostgreSQL, Redis, gunicorn, workers and
SMTP; exit code 1 where anything was lost or came twice. It takes the seconds given and a minute or two around them.
"""

import argparse
import atexit
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import psutil
from aiosmtpd.controller import Controller
from sqlalchemy import func, or_, select

from silah import clock
from silah.cases.models import Case
from silah.config import Settings
from silah.demo.processes import Child, stop
from silah.embedded import servers
from silah.notifications.models import OutboxMessage
from silah.onboarding import setup
from tenants.context import PLATFORM, Tenant, serving
from tenants.database import db
from tenants.registry import DueWork
from tests.benchmarks.load import SERVER
from tests.benchmarks.sizes import QUICK
from tests.benchmarks.stage import Site, Stage
from tests.benchmarks.timing import tell
from tests.faults.applicants import Crowd
from tests.faults.ledger import Delivery, KeptCase, judge
from tests.scratch import scratch_folder
from tests.waiting import free_port, wait_for_port, wait_until

VISITORS, MOST_FORMS = 6, 5_000
LONGEST_SECONDS = 3_600
RECEIPTS = ("complaint_received", "inquiry_received")


class Postbox:
    """A mail server that remembers what it took from whom."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message_id = str(message_from_bytes(envelope.content, policy=policy.default)["Message-ID"]).strip()
        self.deliveries += [Delivery(message_id, to) for to in envelope.rcpt_tos]
        return "250 OK"


class House:
    """The processes of an installation, and how each is killed and started again.

    A part falls only once it has done something since it was started, which its pulse tells: otherwise a slow machine
    would see nothing but starts.
    """

    def __init__(
        self,
        settings: Settings,
        port: int,
        folder: Path,
        pulses: dict[str, Callable[[], int]],
        chance: random.Random,
    ) -> None:
        surroundings = settings.environment()
        bind = ("--bind", f"127.0.0.1:{port}", *SERVER)
        commands = {
            "web": (sys.executable, "-m", "gunicorn", "silah.app:create_app()", *bind),
            "worker": (sys.executable, "-m", "silah", "worker"),
            "scheduler": (sys.executable, "-m", "silah", "scheduler"),
        }
        self.port, self.chance, self.kills = port, chance, Counter[str]()
        self.parts = {name: Child(name, cmd, surroundings, folder / f"{name}.log") for name, cmd in commands.items()}
        self.pulses, self.beats = pulses, dict.fromkeys(commands, 0)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start all, and end all to the last one on leaving."""
        try:
            for part in self.parts.values():
                part.start()
            web = self.parts["web"]
            assert web.process is not None
            wait_for_port(self.port, web.process, web.log)
            yield
        finally:
            stop(list(self.parts.values()))

    def kill_one(self) -> None:
        """Kill one process without a word, a second or so after the last; what fell is started again."""
        time.sleep(self.chance.uniform(0.6, 1.4))
        alive = [name for name, pulse in self.pulses.items() if pulse() > self.beats[name]]
        if not alive:
            return
        name = self.chance.choice(alive)
        self.beats[name] = self.pulses[name]()
        part = self.parts[name]
        assert part.process is not None
        below = psutil.Process(part.process.pid).children()
        if name == "web":  # of the server's two the one that serves longer; the server starts another by itself
            for one in sorted(below, key=lambda child: child.pid)[:1]:
                self._kill(name, one.pid)
            return
        self._kill(name, part.process.pid)
        for one in below:  # what does the job of a worker falls with it
            self._kill("job", one.pid)
        part.process.wait()
        part.start()

    def _kill(self, name: str, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.kills[name] += 1


def main() -> int:
    """Run it, print what was found, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kills", description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, metavar="N", help="how long forms are sent and parts fall")
    parser.add_argument("--port", type=int, default=0, metavar="P", help="where the portal answers; any free one")
    parser.add_argument("--seed", type=int, default=None, metavar="S", help="the same seed kills in the same order")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started ends with it
    with scratch_folder("silah-kills-") as folder:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # last of all: PostgreSQL's own end makes it anew
        chance = random.Random(asked.seed)  # noqa: S311 - it keeps no secret
        return run(folder, min(asked.seconds, LONGEST_SECONDS), asked.port or free_port(), chance)


def run(folder: Path, seconds: float, port: int, chance: random.Random) -> int:
    """Start everything in a folder, let it fall for so many seconds, wait until nothing is owed, and judge."""
    postbox = Postbox()
    mail = Controller(postbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    try:
        with servers.postgres(folder, durable=False) as database, servers.redis_server(folder) as redis:
            stage = Stage(folder, database, redis, QUICK)
            try:
                return run_on(stage.site("kills"), folder, seconds, port, mail.port, postbox, chance)
            finally:
                stage.close()
    finally:
        mail.stop()


def run_on(
    site: Site, folder: Path, seconds: float, port: int, mail_port: int, postbox: Postbox, chance: random.Random
) -> int:
    """Let the parts of an installation fall while visitors write to its one association."""
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_port, "smtp_starttls": False, "mailbox_dir": None}
    settings: Settings = site.settings.model_copy(update={**mail, "port": port, "proxies": 1})
    names = {"name_ar": "جمعية البر", "name_en": "Al-Bir Association"}
    with site.app.app_context():
        home = setup.create("home", blueprint="madinah-centers", admin_email="admin@silah.test", **names)
    crowd = Crowd(port, settings.host("home"), most=MOST_FORMS)
    pulses: dict[str, Callable[[], int]] = {
        "web": crowd.count_acknowledged,
        "worker": lambda: len(postbox.deliveries),
        "scheduler": lambda: len(postbox.deliveries),
    }
    house = House(settings, port, folder, pulses, chance)
    with house.running():
        tell(f"sending forms for {seconds:.0f} seconds")
        crowd.run(VISITORS, seconds, house.kill_one)
        tell("waiting until nothing is owed")
        while left := count_owed(site):  # as long as it takes, while it goes on
            wait_until(lambda left=left: count_owed(site) < left, "the next piece of owed work", every=0.5)
        findings = judge(crowd.forms, list_cases(site, home), postbox.deliveries, worker_kills=house.kills["job"])
    again = sum(one.presses > 1 for one in crowd.forms)
    print(f"kills: {', '.join(f'{name} {number}' for name, number in sorted(house.kills.items()))}")
    print(f"forms: {len(crowd.forms)}, acknowledged: {crowd.count_acknowledged()}, pressed again: {again}")
    print(f"cases: {len(list_cases(site, home))}, mails: {len(postbox.deliveries)}")
    print("\n".join(findings.list_lines()))
    return 0 if findings.is_clean else 1


def list_cases(site: Site, home: Tenant) -> list[KeptCase]:
    """List what the database has, with the messages that say that a case was received."""
    with site.app.app_context(), serving(home):
        receipts: dict[Any, list[str]] = {}
        said = select(OutboxMessage.case_id, OutboxMessage.message_id).where(OutboxMessage.template.in_(RECEIPTS))
        for case_id, message_id in db.session.execute(said):
            receipts.setdefault(case_id, []).append(message_id)
        cases = db.session.execute(select(Case.id, Case.reference, Case.reply_address))
        return [KeptCase(one, address or "", tuple(receipts.get(id_, ()))) for id_, one, address in cases]


def count_owed(site: Site) -> int:
    """Count what is due and not done, and messages whose next try is later."""
    with site.app.app_context(), serving(PLATFORM):
        waits = or_(DueWork.due_at <= clock.now(), DueWork.kind.startswith("message"))
        return db.session.scalar(select(func.count()).select_from(DueWork).where(DueWork.done_at.is_(None), waits)) or 0


if __name__ == "__main__":
    sys.exit(main())
