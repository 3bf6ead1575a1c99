"""Who may open a file: staff who see its case, whoever follows it, and nobody else."""

import pytest

from silah.cases.models import CaseDocument
from silah.documents import service
from tenants.database import db
from tests.cases.conftest import bare_case
from tests.small_files import small_pdf

PDF = small_pdf()


@pytest.fixture(scope="module")
def home(make_association):
    return make_association()


@pytest.fixture
def file_id(serve, home):
    with serve(home):
        case = bare_case()
        stored = service.keep(PDF, "هوية الأم.pdf", purpose="identity_copy")
        db.session.add(CaseDocument(case_id=case.id, file_id=stored.id, purpose="identity_copy"))
        loose = service.keep(PDF, "loose.pdf", purpose="x")
        db.session.commit()
        return stored.id, loose.id


class TestDocument:
    def test_opens_to_staff_who_see_its_case(self, signed_in, home, file_id):
        answer = signed_in(home, "relations_officer").get(f"/documents/{file_id[0]}")
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "filename*=UTF-8''%D9%87" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]

    def test_is_shown_in_the_browser_where_that_is_asked(self, signed_in, home, file_id):
        answer = signed_in(home, "relations_officer").get(f"/documents/{file_id[0]}?show=1")
        assert answer.headers["Content-Disposition"].startswith("inline")

    @pytest.mark.parametrize("role", [None, "human_resources"])
    def test_is_not_found_by_others(self, signed_in, client, home, file_id, role):
        browser = signed_in(home, role) if role else client(home)
        assert browser.get(f"/documents/{file_id[0]}").status_code == 404

    def test_a_file_of_no_case_opens_to_nobody(self, signed_in, home, file_id):
        assert signed_in(home, "relations_officer").get(f"/documents/{file_id[1]}").status_code == 404

    def test_staff_of_another_association_do_not_find_it(self, signed_in, make_association, file_id):
        other = signed_in(make_association(), "relations_officer")
        assert other.get(f"/documents/{file_id[0]}").status_code == 404
