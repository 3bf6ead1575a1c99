"""Signatures late, declined and given after all; annexes; and attacks on minutes that are signed."""

import base64
import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from silah.committees import meetings, minutes, minutes_paper, minutes_writing, signers, signing
from silah.committees.errors import MinutesAltered, NotConducting, NotPossible
from silah.committees.models import MeetingMinutes
from silah.errors import Forbidden, Invalid, NotFound
from tenants.database import db
from tests.committees.conftest import DRAWN, later


@pytest.fixture
def ended(room: Any) -> Any:
    """A meeting that decided on one case, with its minutes unsigned."""
    meeting = room.meeting(room.recommended(), come="chair first secretary")
    room.vote(room.item(meeting), chair="for", first="for")
    room.conclude(room.item(meeting))
    minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
    return meeting


@pytest.fixture
def signed(room: Any, ended: Any) -> Any:
    """The same, signed by all who attended."""
    for key in ("chair", "first", "secretary"):
        signing.sign(ended, DRAWN, by=room.people[key])
    return ended


def signer(meeting: Any, member: Any, annex: int = 0) -> signers.Signer:
    return next(one for one in signers.of(minutes.get(meeting, annex)) if one.member_id == member.id)


class TestASignature:
    def test_that_comes_late_is_said_to_be_late(self, room: Any, ended: Any) -> None:
        signing.sign(ended, DRAWN, by=room.people["chair"])
        with later(8):
            signing.sign(ended, DRAWN, by=room.people["first"])
        assert not signer(ended, room.people["chair"]).late
        found = signer(ended, room.people["first"])
        assert found.late
        assert "late" in minutes_paper.said(found) or "متأخر" in minutes_paper.said(found)

    def test_may_be_a_photo_of_one(self, room: Any, ended: Any) -> None:
        out = BytesIO()
        Image.new("RGB", (3000, 2000), "white").save(out, "JPEG")
        made = signing.sign(ended, out.getvalue(), by=room.people["chair"])
        with Image.open(BytesIO(base64.b64decode(made.drawing or ""))) as kept:
            assert (kept.format, max(kept.size)) == ("PNG", signing.KEPT)


class TestDeclining:
    def test_is_recorded_with_a_reason_and_printed(self, room: Any, ended: Any) -> None:
        first = room.people["first"]
        with pytest.raises(Invalid):
            signing.decline(ended, first.id, "  ", by=first)
        signing.decline(ended, first.id, "الصياغة لا توافق ما قيل", by=first)
        found = signer(ended, first)
        assert (found.reason, found.owes, found.may_sign) == ("الصياغة لا توافق ما قيل", False, True)
        assert "الصياغة لا توافق ما قيل" in minutes_paper.said(found)
        assert minutes_paper.paper(ended, "ar").startswith(b"%PDF")

    def test_may_be_recorded_by_who_conducts_and_by_no_other_member(self, room: Any, ended: Any) -> None:
        with pytest.raises(NotConducting):
            signing.decline(ended, room.people["chair"].id, "س", by=room.people["first"])
        made = signing.decline(ended, room.people["first"].id, "رفض التوقيع مشافهة", by=room.people["secretary"])
        assert made.recorded_by == room.people["secretary"].id

    def test_is_for_those_whose_signature_is_awaited(self, room: Any, ended: Any) -> None:
        signing.sign(ended, DRAWN, by=room.people["first"])
        with pytest.raises(NotPossible):
            signing.decline(ended, room.people["first"].id, "س", by=room.people["first"])
        with pytest.raises(Forbidden):
            signing.decline(ended, room.people["second"].id, "س", by=room.people["second"])

    def test_lets_a_signature_follow_and_both_stand(self, room: Any, ended: Any) -> None:
        first = room.people["first"]
        signing.decline(ended, first.id, "أراجع النص", by=first)
        signing.sign(ended, DRAWN, by=first)
        found = signer(ended, first)
        assert found.declined_at
        assert found.signed_at
        with pytest.raises(NotPossible):
            signing.sign(ended, DRAWN, by=first)


class TestAnAnnex:
    def test_corrects_without_changing_what_was_signed(self, room: Any, signed: Any) -> None:
        before = minutes.get(signed)
        kept = (before.content, before.sha256)
        made = minutes_writing.correct(signed, "الصواب: حي العزيزية", by=room.people["secretary"])
        assert made.annex == 1
        assert (minutes.get(signed).content, minutes.get(signed).sha256) == kept
        assert len(signers.owing(made)) == 3, "whoever signed the minutes is asked to sign it"
        assert signers.owing(minutes.get(signed)) == []
        signing.sign(signed, DRAWN, by=room.people["chair"], annex=1)
        assert signer(signed, room.people["chair"], 1).signed_at
        assert len(minutes_paper.paper(signed, "ar")) > 0

    def test_is_written_by_who_conducts_after_the_end(self, room: Any, ended: Any) -> None:
        with pytest.raises(NotConducting):
            minutes_writing.correct(ended, "س", by=room.people["first"])
        with pytest.raises(Invalid):
            minutes_writing.correct(ended, " ", by=room.people["chair"])
        running = room.meeting()
        with pytest.raises(NotFound):
            minutes_writing.correct(running, "س", by=room.people["chair"])

    def test_belongs_to_the_minutes_that_it_names(self, room: Any, signed: Any) -> None:
        made = minutes_writing.correct(signed, "الصواب: حي العزيزية", by=room.people["chair"])
        content = json.loads(made.content) | {"of": "0" * 64}
        with db.session.no_autoflush:
            made.content, made.sha256 = json.dumps(content), minutes.digest(content)
            with pytest.raises(MinutesAltered):
                minutes.checked(made)
            db.session.expire(made)


class TestAttacks:
    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE meeting_minutes SET annex = 7",
            "UPDATE meeting_minutes SET content = 'x'",
            "UPDATE minutes_signature SET answer = 'declined'",
            "UPDATE minutes_signature SET signed_at = now()",
            "DELETE FROM minutes_signature WHERE answer = 'signed'",
            "TRUNCATE minutes_signature",
            "DROP TABLE minutes_signature",
            "ALTER TABLE meeting_minutes DROP COLUMN sha256",
            "GRANT UPDATE ON meeting_minutes TO CURRENT_USER; UPDATE meeting_minutes SET sha256 = 'x'",
        ],
    )
    def test_the_association_s_own_role_may_change_nothing(self, signed: Any, attack: str) -> None:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            db.session.execute(text(attack))

    def test_a_second_paper_in_the_place_of_the_first_is_refused(self, room: Any, signed: Any) -> None:
        by = room.people["chair"].id
        db.session.expunge(minutes.get(signed))
        db.session.add(MeetingMinutes(meeting_id=signed.id, annex=0, content="{}", sha256="x", written_by=by))
        with pytest.raises(IntegrityError):
            db.session.flush()

    def test_what_is_changed_around_the_minutes_changes_nothing_in_them(self, room: Any, signed: Any) -> None:
        before = {lang: minutes.read(minutes.get(signed), lang) for lang in ("ar", "en")}
        names = [one.name for one in signers.of(minutes.get(signed))]
        db.session.execute(text("UPDATE committee_meeting SET attendance = '{}', location = 'x', called_for = now()"))
        db.session.execute(text("UPDATE agenda_item SET result = 'rejected', by_chair = true"))
        db.session.execute(text("UPDATE meeting_vote SET choice = 'against'"))
        db.session.execute(text("UPDATE membership SET name = 'منتحل'"))
        db.session.expire_all()
        for lang, said in before.items():
            assert minutes.read(minutes.get(signed), lang) == said
        assert [one.name for one in signers.of(minutes.get(signed))] == names
        assert not any(one.owes for one in signers.of(minutes.get(signed)))

    def test_the_services_change_nothing_after_the_end(self, room: Any, signed: Any) -> None:
        by, item = room.people["chair"], meetings.items(signed)[0]
        for deed in (
            lambda: room.come(signed, "second"),
            lambda: meetings.start(signed, by=by, seen=signed.version),
            lambda: minutes_writing.close(signed, by=by, seen=signed.version),
            lambda: room.vote(item, chair="against"),
            lambda: room.conclude(item),
            lambda: signing.sign(signed, DRAWN, by=by),
        ):
            with pytest.raises(NotPossible):
                deed()

    def test_the_digest_on_the_page_is_that_of_the_content(self, signed: Any) -> None:
        written = minutes.get(signed)
        assert written.sha256 == minutes.digest(json.loads(written.content))
