"""Files that are not taken, and the one promise in message, page and receipt."""

from io import BytesIO

import pytest
from sqlalchemy import select

from silah.cases import reply_promises
from silah.cases.models import Case
from silah.intake import next_steps
from silah.notifications.models import OutboxMessage
from tenants.database import db
from tests.portal.applicant import NAMES
from tests.small_files import small_pdf

TAKES_INCOMPLETE = [name for name in NAMES if name != "samtah-cooperative"]


class TestFilesThatAreNotTaken:
    @pytest.fixture
    def at_a_dated_document(self, applicant):
        """Somebody before the page of a document that has a date of validity, and that page."""
        person = applicant("hayat-arar")
        person.start("treatment_travel")
        person.who()
        return person, f"{person.draft}/document-medical_report"

    def test_one_over_the_limit_is_refused_at_its_field_and_the_date_stays(self, at_a_dated_document, settings):
        person, where = at_a_dated_document
        data = BytesIO(b"%PDF-1.7\n" + bytes(settings.upload_limit_mb * 1024 * 1024) + b"%%EOF")
        page = person.expect(person.post(where, file=(data, "تقرير.pdf"), valid_until="15/9/1449"), 422).text
        assert 'id="file-error"' in page
        assert "ميجابايت. أعد التصوير" in page
        assert 'value="15/9/1449"' in page

    def test_one_that_just_fits_is_taken(self, at_a_dated_document, settings):
        person, where = at_a_dated_document
        room = settings.upload_limit_mb * 1024 * 1024 - len(small_pdf())
        whole = BytesIO(small_pdf() + bytes(room))
        person.expect(person.post(where, file=(whole, "تقرير.pdf"), valid_until="15/9/1449"))

    def test_the_page_s_script_knows_the_limit(self, at_a_dated_document, settings):
        person, where = at_a_dated_document
        assert f'data-most="{settings.upload_limit_mb * 1024 * 1024}"' in person.get(where).text

    def test_a_photo_of_apple_s_format_is_answered_with_what_to_do(self, at_a_dated_document):
        person, where = at_a_dated_document
        data = BytesIO(b"\0\0\0\x18ftypheic" + bytes(64))
        page = person.expect(person.post(where, file=(data, "IMG_1.HEIC"), valid_until="15/9/1449"), 422).text
        assert "أعد التقاطها بصيغة JPEG" in page


class TestTheSamePromise:
    @pytest.mark.parametrize("name", NAMES)
    def test_stands_in_the_message_on_the_page_and_on_the_receipt(self, applicant, associations, serve, name):
        person = applicant(name)
        reference, _code = person.apply()
        with serve(associations[name]):
            case = db.session.scalars(select(Case).where(Case.reference == reference)).one()
            said = reply_promises.promise(case)
            body = db.session.scalars(
                select(OutboxMessage.body).where(OutboxMessage.case_id == case.id, OutboxMessage.template == "received")
            ).one()
            assert said in next_steps.next_steps(case)
            tracking = f"/follow/{case.id}"
        assert said in person.get(tracking).text
        assert "{{" not in body
