"""Files are kept sealed, before their row commits, each association's in its own folder."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from silah.cases import file_jobs
from silah.clock import now
from silah.documents import errors, service, storage
from silah.documents.models import StoredFile
from silah.errors import NotFound
from tenants.database import db
from tenants.registry import DueWork
from tests.small_files import small_pdf

PDF = small_pdf(b"secret of the family")


def on_disk(settings, tenant) -> list[Path]:
    return [path for path in Path(settings.storage_url, tenant.role).rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def home(make_association):
    return make_association()


class TestKeep:
    def test_gives_back_what_was_kept(self, serve, home):
        with serve(home):
            stored = service.keep(BytesIO(PDF), "هوية.pdf", purpose="id_copy")
            assert (stored.name, stored.media_type, stored.size) == ("هوية.pdf", "application/pdf", len(PDF))
            assert service.open(stored) == PDF

    def test_writes_only_sealed_bytes_into_the_association_s_folder(self, serve, home, settings):
        with serve(home):
            stored = service.keep(PDF, "a.pdf", purpose="id_copy")
            path = Path(settings.storage_url, stored.storage_key)
            assert path in on_disk(settings, home)
            assert b"secret" not in path.read_bytes()
            db.session.commit()
        assert path.exists()

    def test_refuses_a_file_over_the_limit_without_reading_it_whole(self, serve, home, monkeypatch):
        monkeypatch.setattr(service, "most_bytes", lambda: 10)
        with serve(home), pytest.raises(errors.TooLarge):
            service.keep(BytesIO(PDF), "a.pdf", purpose="x")

    def test_leaves_no_bytes_where_the_row_is_rolled_back(self, serve, home, settings):
        before = set(on_disk(settings, home))
        with serve(home):
            service.keep(PDF, "a.pdf", purpose="x")
            db.session.rollback()
        assert set(on_disk(settings, home)) == before

    def test_a_full_disk_is_refused_before_anything_is_acknowledged(self, serve, home, settings, monkeypatch):
        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        before = set(on_disk(settings, home))
        monkeypatch.setattr(storage.os, "fsync", full)
        with serve(home):
            with pytest.raises(errors.NotStored):
                service.keep(PDF, "full.pdf", purpose="x")
            db.session.rollback()
            assert db.session.scalar(select(StoredFile).where(StoredFile.name == "full.pdf")) is None
        assert set(on_disk(settings, home)) == before


class TestOpen:
    def test_bytes_that_were_tampered_with_do_not_open(self, serve, home, settings):
        with serve(home):
            stored = service.keep(PDF, "a.pdf", purpose="x")
            path = Path(settings.storage_url, stored.storage_key)
            path.write_bytes(path.read_bytes()[:-1] + b"\0")
            with pytest.raises(InvalidTag):
                service.open(stored)

    def test_lost_bytes_are_told_apart_from_a_missing_page(self, serve, home, settings):
        with serve(home):
            stored = service.keep(PDF, "a.pdf", purpose="x")
            Path(settings.storage_url, stored.storage_key).unlink()
            with pytest.raises(errors.Lost):
                service.open(stored)


class TestWalls:
    def test_another_association_neither_finds_nor_opens_it(self, serve, home, make_association):
        other = make_association()
        with serve(home):
            stored = service.keep(PDF, "a.pdf", purpose="x")
            file_id, key = stored.id, stored.storage_key
            db.session.commit()
        with serve(other):
            with pytest.raises(NotFound):
                service.get(file_id)
            with pytest.raises(errors.Lost):
                storage.read(key)

    def test_a_key_that_climbs_out_of_the_folder_is_refused(self, serve, home):
        with serve(home), pytest.raises(errors.Lost):
            storage.read(f"{home.role}/../secret")


class TestForget:
    def test_removes_the_bytes_once_that_is_committed(self, serve, home, settings):
        with serve(home):
            stored = service.keep(PDF, "a.pdf", purpose="x")
            db.session.commit()
            path = Path(settings.storage_url, stored.storage_key)
            service.forget(stored)
            assert path.exists()
            db.session.commit()
            assert not path.exists()


class TestSweep:
    def test_removes_bytes_that_no_row_knows_and_nothing_else(self, serve, home, settings):
        with serve(home):
            kept = service.keep(PDF, "a.pdf", purpose="id_copy")
            db.session.commit()
            lost = storage.new_key()
            storage.write(lost, b"left by a crash")
            half = Path(settings.storage_url, lost).with_name(".half.part")
            half.write_bytes(b"left by a crash")
            service.sweep(now() - timedelta(days=1))
            assert half.exists()
            assert storage.read(lost)
            service.sweep(now() + timedelta(seconds=5))
            assert not half.exists()
            with pytest.raises(errors.Lost):
                storage.read(lost)
            assert service.open(kept) == PDF

    def test_leaves_the_files_of_other_associations(self, serve, home, make_association):
        other = make_association()
        with serve(other):
            elsewhere = storage.new_key()
            storage.write(elsewhere, b"somebody else's")
        with serve(home):
            service.sweep(now() + timedelta(seconds=5))
        with serve(other):
            assert storage.read(elsewhere)

    def test_is_owed_from_the_first_day_and_again_each_time(self, serve, home):
        wanted = select(DueWork).where(DueWork.tenant == home.role, DueWork.kind == file_jobs.SWEEP)
        with serve(home):
            assert db.session.scalars(wanted).one().done_at is None
            file_jobs.sweep("daily", {})
            assert now() < db.session.scalars(wanted).one().due_at < now() + timedelta(days=2)
