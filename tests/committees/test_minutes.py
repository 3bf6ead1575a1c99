"""Minutes: written once, in both languages and calendars, signed by who attended, changed by nobody."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from silah.committees import minutes, minutes_paper, minutes_writing, signers, signing
from silah.committees.ballots import Cast
from silah.committees.errors import MinutesAltered, NotPossible
from silah.errors import Forbidden, Invalid
from tenants.database import db
from tests.committees.conftest import DRAWN


@pytest.fixture
def ended(room: Any) -> Any:
    meeting = room.meeting(room.recommended(), come="chair first secretary")
    item = room.item(meeting)
    room.vote(item, chair="for", first=Cast("against", "أتحفظ: لا تكفي المستندات."))
    room.conclude(item)
    minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
    return meeting


class TestContent:
    def test_says_who_attended_how_they_voted_and_what_was_decided(self, room: Any, ended: Any) -> None:
        said = minutes.read(minutes.get(ended), "ar")
        names = [row[0] for row in said["attendance"]]
        assert names[0] == room.people["chair"].name
        assert len(names) == 4
        [item] = said["items"]
        [motion] = item["motions"]
        assert "أتحفظ: لا تكفي المستندات." in [row[2] for row in motion["votes"]]
        assert item["by_chair"]

    def test_has_both_calendars_in_both_languages(self, ended: Any) -> None:
        for language, hijri, gregorian in (("ar", "1448هـ", "2026م"), ("en", "1448 AH", "2026")):
            said = str(minutes.read(minutes.get(ended), language)["letterhead"]["lines"])
            assert gregorian in said
            assert hijri in said

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_is_printed_with_and_without_signatures(self, room: Any, ended: Any, language: str) -> None:
        plain = minutes_paper.paper(ended, language)
        signing.sign(ended, DRAWN, by=room.people["first"])
        signed = minutes_paper.paper(ended, language)
        assert plain.startswith(b"%PDF")
        assert len(signed) > len(plain)

    def test_an_empty_meeting_is_printed_too(self, room: Any) -> None:
        meeting = room.meeting(come="secretary", start=False)
        minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
        assert minutes_paper.paper(meeting, "ar").startswith(b"%PDF")


class TestSignatures:
    def test_come_from_those_who_attended_once(self, room: Any, ended: Any) -> None:
        signing.sign(ended, DRAWN, by=room.people["first"])
        with pytest.raises(NotPossible):
            signing.sign(ended, DRAWN, by=room.people["first"])
        with pytest.raises(Forbidden):
            signing.sign(ended, DRAWN, by=room.people["second"])
        owing = {one.member_id for one in signers.of(minutes.get(ended)) if one.owes}
        assert owing == {room.people["chair"].id, room.people["secretary"].id}

    @pytest.mark.parametrize("drawn", [None, "", b"", b"\x89PNG\r\n\x1a\nbroken", "data:image/png;base64,?", b"GIF89a"])
    def test_are_whole_pictures(self, room: Any, ended: Any, drawn: Any) -> None:
        with pytest.raises(Invalid):
            signing.sign(ended, drawn, by=room.people["first"])

    def test_are_no_floods(self, room: Any, ended: Any) -> None:
        out = BytesIO()
        Image.new("1", (20_000, 20_000)).save(out, "PNG")
        with pytest.raises(Invalid):
            signing.sign(ended, out.getvalue(), by=room.people["first"])


class TestImmutable:
    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE meeting_minutes SET sha256 = 'x'",
            "DELETE FROM meeting_minutes",
            "UPDATE minutes_signature SET sha256 = 'x'",
            "DELETE FROM minutes_signature",
            "TRUNCATE meeting_minutes",
        ],
    )
    def test_the_database_lets_nobody_change_them(self, ended: Any, attack: str) -> None:
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text(attack))

    def test_what_was_put_in_their_place_is_found_out(self, room: Any, ended: Any) -> None:
        written = minutes.get(ended)
        signing.sign(ended, DRAWN, by=room.people["first"])
        kept = written.content
        with db.session.no_autoflush:
            written.content = kept.replace("against", "for").replace("أتحفظ", "أوافق")
            with pytest.raises(MinutesAltered):
                minutes.read(written, "ar")
            changed = minutes.json.loads(written.content)
            written.sha256 = minutes.digest(changed)
            with pytest.raises(MinutesAltered):
                minutes.read(written, "ar")
            db.session.expire(written)

    def test_the_meeting_is_over(self, room: Any, ended: Any) -> None:
        for deed in (
            lambda: room.come(ended, "second"),
            lambda: room.vote(room.item(ended), chair="against"),
            lambda: minutes_writing.close(ended, by=room.people["chair"], seen=ended.version),
        ):
            with pytest.raises(NotPossible):
                deed()
