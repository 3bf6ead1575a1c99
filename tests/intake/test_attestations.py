"""The attestation: bound to what was signed, void once that changes, and off where the policy has none."""

import base64
import re
from datetime import date

import pytest
from sqlalchemy import select

from silah.cases import one_time_codes
from silah.cases.errors import NotLegal, WrongCode
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.errors import Forbidden, Invalid
from silah.intake import attestations, requests
from silah.intake.errors import AlreadyAttested, NoAttestation, NotAskedFor
from silah.notifications.models import OutboxMessage
from tenants import blueprints
from tenants.database import db
from tests.small_files import small_pdf

PDF = small_pdf()


def signed(place, case, **options):
    return perform(
        case,
        "attest",
        None,
        {"method": "drawn", "signed_by": attestations.signer(case), "signature": options.pop("png"), **options},
    )


class TestStatement:
    @pytest.mark.parametrize(
        ("name", "word"), [("madinah-centers", "applicant"), ("samtah-cooperative", "beneficiary")]
    )
    def test_is_signed_by_whom_the_policy_says(self, app, name, word):
        with app.app_context():
            assert word in attestations.statement(blueprints.load(name).policy, "en")

    def test_says_who_is_responsible_where_the_policy_does(self, app):
        policy = blueprints.load("madinah-centers").policy
        steps = [
            step.model_copy(update={"directly_responsible": False}) if step.kind == "attest" else step
            for step in policy.steps
        ]
        with app.app_context():
            assert "directly responsible" in attestations.statement(policy, "en")
            lighter = policy.model_copy(update={"steps": tuple(steps)})
            assert attestations.statement(lighter, "en").endswith("in this request are true.")

    def test_names_the_beneficiary_where_they_sign(self, samtah):
        case = samtah.case(relation="self", name="هند بنت علي", number=61, member_number="77")
        assert attestations.signer(case) == "هند بنت علي"
        assert case.beneficiary.member_number == "77"


class TestSigning:
    def test_is_bound_to_the_answers_and_documents(self, madinah, make_png):
        case = madinah.case()
        made = signed(madinah, case, png=make_png())
        assert made.snapshot_hash == attestations.snapshot(case)
        assert re.fullmatch(r"[0-9a-f]{64}", made.snapshot_hash)
        assert attestations.standing(case) is made
        assert not attestations.is_owed(case)

    def test_takes_a_drawing_as_the_page_sends_it(self, madinah, make_png):
        drawn = "data:image/png;base64," + base64.b64encode(make_png()).decode()
        made = perform(madinah.case(), "attest", None, {"method": "drawn", "signed_by": "نورة", "signature": drawn})
        assert made.signature_id is not None

    @pytest.mark.parametrize(
        "drawn", [None, "", b"", "data:image/png;base64,!!!", "data:text/html;base64,PGI+", b"GIF89a"]
    )
    def test_refuses_what_is_no_drawing(self, madinah, drawn):
        with pytest.raises(Invalid):
            perform(madinah.case(), "attest", None, {"method": "drawn", "signed_by": "نورة", "signature": drawn})

    def test_takes_a_one_time_code(self, madinah):
        case = madinah.case()
        one_time_codes.send(case, attestations.CODE)
        body = db.session.scalars(
            select(OutboxMessage.body).where(OutboxMessage.case_id == case.id, OutboxMessage.template == "code")
        ).one()
        found = re.search(r"\b\d{6}\b", body)
        assert found
        with pytest.raises(WrongCode):
            perform(case, "attest", None, {"method": "code", "signed_by": "نورة", "signature": "12345"})
        perform(case, "attest", None, {"method": "code", "signed_by": "نورة", "signature": found[0]})
        assert attestations.standing(case) is not None

    def test_takes_a_scanned_paper_from_staff_only(self, madinah):
        case = madinah.case()
        with pytest.raises(Forbidden):
            perform(case, "attest", None, {"method": "paper", "signed_by": "نورة", "signature": PDF})
        with pytest.raises(Forbidden):
            perform(
                case, "attest", madinah.member("volunteer"), {"method": "paper", "signed_by": "نورة", "signature": PDF}
            )
        made = perform(
            case, "attest", madinah.member("delegate"), {"method": "paper", "signed_by": "نورة", "signature": PDF}
        )
        assert made.taken_by == madinah.member("delegate").id
        assert attestations.standing(case) is made

    def test_happens_once_for_the_same_data(self, madinah, make_png):
        case = madinah.case()
        signed(madinah, case, png=make_png())
        with pytest.raises(AlreadyAttested):
            signed(madinah, case, png=make_png())

    def test_is_off_where_the_policy_has_none(self, tamkeen, make_png):
        case = tamkeen.case()
        assert not attestations.is_owed(case)
        with pytest.raises(NoAttestation):
            signed(tamkeen, case, png=make_png())

    def test_comes_before_the_study(self, madinah, make_png):
        case = madinah.complete()
        with pytest.raises(NotLegal):
            perform(case, "send", madinah.member("relations_officer"))
        signed(madinah, case, png=make_png())
        perform(case, "send", madinah.member("relations_officer"))
        with pytest.raises(NotAskedFor):
            signed(madinah, case, png=make_png())


class TestVoiding:
    def test_a_later_edit_voids_it_and_asks_again(self, madinah, make_png):
        case = madinah.case()
        made = signed(madinah, case, png=make_png())
        perform(
            case,
            "provide_answers",
            madinah.member("relations_officer"),
            {"step": "need", "answers": {"amount": "9.00"}},
        )
        assert made.voided_at is not None
        assert attestations.is_owed(case)
        templates = db.session.scalars(select(OutboxMessage.template).where(OutboxMessage.case_id == case.id)).all()
        assert "attest_again" in templates
        assert "attestation_voided" in madinah.verbs(case)
        signed(madinah, case, png=make_png())
        assert attestations.standing(case) is not None

    def test_so_does_another_document(self, madinah, make_png):
        case = madinah.case()
        signed(madinah, case, png=make_png())
        perform(
            case,
            "provide_document",
            madinah.member("relations_officer"),
            {"key": "id_card", "upload": make_png("red"), "valid_until": date(2031, 1, 1)},
        )
        assert attestations.standing(case) is None

    def test_an_edit_that_changes_nothing_voids_nothing(self, madinah, make_png):
        case = madinah.case()
        made = signed(madinah, case, png=make_png())
        kept = requests.answers(case)["fields"]["amount"]
        perform(
            case, "provide_answers", madinah.member("relations_officer"), {"step": "need", "answers": {"amount": kept}}
        )
        assert attestations.standing(case) is made

    def test_data_changed_behind_its_back_do_not_stand(self, madinah, make_png):
        case = madinah.complete()
        signed(madinah, case, png=make_png())
        answers = requests.answers(case)
        requests.keep_answers(case, {**answers, "fields": {**answers["fields"], "amount": "7.00"}})
        db.session.flush()
        with pytest.raises(NotLegal):
            perform(case, "send", madinah.member("relations_officer"))
        assert case.state is State.COMPLETE
