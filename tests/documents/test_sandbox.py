"""Files from strangers are opened in a process of its own: what happens there, happens to nobody else."""

import os
import signal
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from PIL import Image

from silah.documents import content, errors, form_limits, formats, sandbox
from silah.documents.formats import DAMAGED, TOO_HEAVY, TOO_MANY_PIXELS, Refused
from tests.small_files import small_pdf
from tests.walls import hostile_files

ROOT = Path(__file__).resolve().parents[2]


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 16), "teal").save(out, "JPEG")
    return out.getvalue()


def opened(data: bytes, **more: object) -> bytes:
    options = {"unsigned": False, "most_pixels": content.MOST_PIXELS, **more}
    with sandbox.opened("clean", data, **options) as (_said, made):
        return made.read()


def reason(data: bytes, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        opened(data, **more)
    return refused.value.reason


class TestLimits:
    def test_of_memory_are_kept(self):
        assert reason(hostile_files.flat_picture("PNG"), memory=sandbox.MEGABYTE * 200) == TOO_HEAVY

    def test_of_processor_time_are_kept(self):
        crowded = hostile_files.crowded_pdf()
        assert len(crowded) < 200_000
        assert reason(crowded, cpu_seconds=1) == TOO_HEAVY

    def test_of_wall_time_are_kept(self):
        assert reason(hostile_files.flat_picture("PNG", 4000), wall_seconds=0.01) == TOO_HEAVY

    def test_of_the_result_are_kept(self):
        assert reason(photo(), output=100) == TOO_HEAVY

    @pytest.mark.parametrize("unsigned", [False, True])
    def test_what_is_packed_in_a_pdf_is_refused_or_left_packed(self, unsigned):
        swollen = hostile_files.swollen_pdf(300_000_000)
        if unsigned:
            assert reason(swollen, unsigned=True) == TOO_HEAVY
        else:
            assert opened(swollen) == swollen

    @pytest.mark.parametrize("made", [hostile_files.nested_pdf, hostile_files.circling_pdf])
    def test_what_leads_nowhere_is_refused(self, made):
        assert reason(made()) == DAMAGED

    @pytest.mark.parametrize("made", [hostile_files.vast_webp, hostile_files.vast_png])
    def test_pixels_are_counted_before_any_is_drawn(self, made):
        assert len(made()) < 3000
        assert reason(made(), memory=sandbox.MEGABYTE * 200) == TOO_MANY_PIXELS


class TestTheProcess:
    def test_holds_nothing_of_the_application(self):
        path = os.pathsep.join([str(ROOT / "platform"), *sys.path])
        look = "import sys, silah.documents.sandbox_server; print(*sys.modules)"
        said = subprocess.run(
            [sys.executable, "-c", look], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
        ).stdout.split()
        assert "pikepdf" in said
        assert {"flask", "sqlalchemy", "psycopg2", "redis", "cryptography"}.isdisjoint(said)

    def test_has_no_environment_and_no_descriptor_of_ours(self):
        opened(photo())
        server = psutil.Process(sandbox._servers.get().process.pid)
        assert server.environ() == {}
        assert server.net_connections(kind="inet") == []
        assert server.num_fds() <= 6

    def test_that_was_killed_is_started_again(self):
        opened(photo())
        server = sandbox._servers.get().process
        server.kill()
        server.wait()
        assert opened(photo())
        assert sandbox._servers.get().process.pid != server.pid

    def test_is_another_after_a_fork(self):
        opened(photo())
        mine = sandbox._servers.get().process.pid
        child = os.fork()
        if child == 0:
            opened(photo())
            os._exit(0 if sandbox._servers.get().process.pid != mine else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert opened(photo())

    def test_leaves_nobody_behind(self):
        for _ in range(5):
            opened(photo())
        server = psutil.Process(sandbox._servers.get().process.pid)
        for _ in range(600):
            if not server.children():
                break
            time.sleep(0.1)
        assert server.children() == []

    def test_serves_many_threads_each_its_own(self):
        marks, got = [f"{n:04d}".encode() for n in range(12)], {}

        def work(mark: bytes) -> None:
            got[mark] = opened(small_pdf(mark), unsigned=True)

        threads = [threading.Thread(target=work, args=(mark,)) for mark in marks]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert all(b"/Pages" in got[mark] for mark in marks)
        assert len(set(got.values())) == len(marks)

    def test_ends_with_whoever_began_it(self):
        code = (
            "import os, sys; from silah.documents import sandbox\n"
            "with sandbox.opened('shrink', open(sys.argv[1], 'rb'), most_side=9, most_pixels=999) as made: pass\n"
            "print(sandbox._servers.get().process.pid, flush=True); os.kill(os.getpid(), 9)"
        )
        path = os.pathsep.join([str(ROOT / "platform"), *sys.path])
        picture = Path(os.environ.get("TMPDIR", "/tmp")) / f"silah-{os.getpid()}.jpg"  # noqa: S108 - our own
        picture.write_bytes(photo())
        try:
            done = subprocess.run(
                [sys.executable, "-c", code, str(picture)], env={"PYTHONPATH": path}, capture_output=True, text=True
            )
        finally:
            picture.unlink()
        assert done.returncode == -signal.SIGKILL
        for _ in range(1200):
            if not psutil.pid_exists(int(done.stdout)) or psutil.Process(int(done.stdout)).status() == "zombie":
                break
            time.sleep(0.1)
        assert not psutil.pid_exists(int(done.stdout)) or psutil.Process(int(done.stdout)).status() == "zombie"


class TestRefusals:
    def test_each_reason_has_words(self):
        assert set(formats.REASONS) == set(content.REASONS)

    @pytest.mark.parametrize("data", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP", b"%PDF-1.7\n"])
    def test_what_no_parser_reads_is_damaged(self, data):
        assert reason(data + bytes(100)) == DAMAGED


class TestOneForm:
    @pytest.fixture
    def sent(self, app):
        with app.test_request_context("/", method="POST"):
            yield lambda data: _taken(data)

    def test_brings_so_many_files(self, sent):
        for _ in range(form_limits.MOST_FILES):
            sent(photo())
        with pytest.raises(errors.TooManyFiles):
            sent(photo())

    def test_brings_so_many_bytes(self, sent, settings):
        whole = form_limits.MOST_TIMES * settings.upload_limit_mb * sandbox.MEGABYTE
        sent(photo() + bytes(whole - 2000))
        with pytest.raises(errors.TooLargeTogether):
            sent(photo() + bytes(2000))

    def test_takes_so_long(self, sent, monkeypatch):
        sent(photo())
        monkeypatch.setattr(form_limits, "MOST_SECONDS", form_limits.LEAST_SECONDS)
        with pytest.raises(errors.TooLongTogether):
            sent(photo())

    def test_what_no_form_brings_is_not_counted(self):
        for _ in range(form_limits.MOST_FILES + 1):
            _taken(small_pdf())


def _taken(data: bytes) -> None:
    file = BytesIO(data)
    with form_limits.taking(file) as limits, content.clean(file, **limits):
        pass
