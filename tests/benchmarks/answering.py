"""Answers a second to a questionnaire, beside a bare Flask insert of one row; and at four times what can be served."""

import asyncio
import re
import socket
import time
from collections import Counter
from collections.abc import Iterator
from statistics import median
from uuid import uuid4

from sqlalchemy import func, select, text

from silah import clock
from silah.surveys import questionnaires, responses, rounds
from silah.surveys.audience import Audience
from silah.surveys.definition import Definition, Question, Section
from silah.surveys.models import SurveyInvitation, SurveyResponse
from tenants.context import serving
from tenants.database import db
from tenants.texts import Text
from tests.waiting import PATIENCE

from .load import gunicorn, posted, rate_of
from .serving import surroundings
from .stage import BASE, Site, Stage
from .table import Row
from .timing import tell

TIMES = 4
QUESTIONS = 5
ROWS_AT_ONCE = 5_000
COLUMNS = "bare_answer (id uuid primary key, answers jsonb not null)"


def measure(stage: Stage) -> Iterator[Row]:
    """Both servers run all the time, and are asked in turn; then ours alone, too much."""
    site = stage.site("cases", 3)
    per_slice = stage.size.answers
    whole = per_slice * (stage.size.slices + 1) * (1 + TIMES)
    codes, round_id = _round(site, whole)
    with site.superuser.connect() as conn:
        conn.execute(text(f'SET search_path TO "{site.tenants[1].role}"'))
        conn.execute(text(f"CREATE TABLE IF NOT EXISTS {COLUMNS}"))
    tell("answering")
    ours = gunicorn("tests.benchmarks.unlimited:create_app()", site.settings.environment(), stage.data / "answers.log")
    theirs = gunicorn("tests.benchmarks.bare:create_app()", surroundings(site), stage.data / "bare-answers.log")
    with ours as port, theirs as beside:
        sent = _answers(site, port, codes)
        found: dict[str, list[float]] = {"ours": [], "bare": []}
        for turn in range(stage.size.slices + 1):
            mine = [next(sent) for _ in range(per_slice)]
            bare = [posted("bare", "/answer", f'{{"q1": "5", "n": {n}}}', "application/json") for n in range(per_slice)]
            for name, where, what in (("ours", port, mine), ("bare", beside, bare)):
                measured = rate_of(where, what)
                if turn:
                    found[name].append(measured)
        per_second = {name: median(rates) for name, rates in found.items()}
        yield Row(
            "Answers to a questionnaire by personal links, a second",
            f"{per_second['ours']:.0f}/s",
            f"{per_second['bare']:.0f}/s bare Flask, one row inserted",
            per_second["ours"] / per_second["bare"],
            0.5,
            at_most=False,
        )
        yield _too_many(site, round_id, port, list(sent), per_second["ours"])


def _too_many(site: Site, round_id: object, port: int, left: list[bytes], served: float) -> Row:
    """Send more than can be served; of what was accepted nothing may be lost."""
    before = _kept(site, round_id)
    told = asyncio.run(_sent_at(port, left, TIMES * served))
    kept = _kept(site, round_id) - before
    tell(f"sent at {TIMES * served:.0f}/s: {dict(told)}")
    return Row(
        f"Answers kept of those accepted, sent at {TIMES} times that rate",
        f"{kept}",
        f"{told['200']} accepted, {told['503']} told to come back, {len(left) - told['200'] - told['503']} broken off",
        kept / told["200"] if told["200"] else 0.0,
        1.0,
        at_most=False,
    )


async def _sent_at(port: int, what: list[bytes], per_second: float) -> Counter[str]:
    """Send requests at a rate, whether or not those before were answered; counts statuses, and errors by name."""
    told: Counter[str] = Counter()
    begun = time.perf_counter()
    running = []
    for number, asked in enumerate(what):
        wait = begun + number / per_second - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        running.append(asyncio.create_task(_one(port, asked, told)))
    await asyncio.gather(*running)
    return told


async def _one(port: int, asked: bytes, told: Counter[str]) -> None:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nConnection: close\r\n", 1))
        held = await asyncio.wait_for(reader.read(), PATIENCE)
        told[held.split(b" ", 2)[1].decode()] += 1
        writer.close()
    except (OSError, TimeoutError, IndexError) as wrong:
        told[type(wrong).__name__] += 1


def _round(site: Site, count: int) -> tuple[list[str], object]:
    """An anonymous round of a questionnaire of one page, with so many people invited; gives what their links end in."""
    tenant = site.tenants[1]
    with site.app.app_context(), serving(tenant):
        questions = tuple(
            Question(key=f"q{n}", kind="rating", text=Text(ar=f"السؤال {n}", en=f"Question {n}"), required=True)
            for n in range(1, QUESTIONS + 1)
        )
        words = Text(ar="قياس", en="Measure")
        asks = Definition(title=words, thanks=words, sections=(Section(key="s1", title=words, questions=questions),))
        made = questionnaires.begin()
        questionnaires.keep(made, asks)
        found = rounds.make(
            made, rule=Audience(), anonymous=True, opens_on=clock.today(), closes_on=clock.today().replace(year=2999)
        )
        found.state = "open"
        db.session.flush()
        ids = [uuid4() for _ in range(count)]
        codes = [responses.token(one) for one in ids]
        for start in range(0, count, ROWS_AT_ONCE):
            db.session.execute(
                SurveyInvitation.__table__.insert(),  # type: ignore[attr-defined]
                [
                    {"id": one, "round_id": found.id, "person": uuid4(), "digest": responses.digest(code)}
                    for one, code in list(zip(ids, codes, strict=True))[start : start + ROWS_AT_ONCE]
                ],
            )
        round_id = found.id
        db.session.commit()
    return codes, round_id


def _kept(site: Site, round_id: object) -> int:
    with site.app.app_context(), serving(site.tenants[1]):
        mine = SurveyResponse.round_id == round_id
        return db.session.scalar(select(func.count()).select_from(SurveyResponse).where(mine)) or 0


def _answers(site: Site, port: int, codes: list[str]) -> Iterator[bytes]:
    """The bytes of each person's answer, with a token that the page gave once."""
    host = f"{site.tenants[1].slug}.{BASE}"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as conn:
        conn.sendall(f"GET /s/{codes[0]} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        page = b"".join(iter(lambda: conn.recv(65536), b"")).decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    cookie = re.search(r"[Ss]et-[Cc]ookie: (silah=[^;]+)", page)
    assert token, page[:2000]
    assert cookie, page[:2000]
    given = "&".join(f"q{n}={n % 5 + 1}" for n in range(1, QUESTIONS + 1))
    for code in codes:
        body = f"csrf_token={token[1]}&page=s1&go=send&{given}"
        yield posted(host, f"/s/{code}", body, "application/x-www-form-urlencoded", cookie[1])
