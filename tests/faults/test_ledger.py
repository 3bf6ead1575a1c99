"""The judge of `tests.faults.kills` sees what was lost and what came twice, and lets pass what at least once allows."""

from tests.faults.ledger import Delivery, Findings, Form, KeptCase, judge

HERS, HIS = "haya@example.org", "saad@example.org"
CASE, OTHER = KeptCase("C-1448-1", HERS, ("<1@a>",)), KeptCase("C-1448-2", HIS, ("<2@a>",))
MAIL, OTHER_MAIL = Delivery("<1@a>", HERS), Delivery("<2@a>", HIS)
FORMS = [Form(HERS, reference="C-1448-1"), Form(HIS, reference="C-1448-2")]


def found(
    cases: list[KeptCase], mails: list[Delivery], forms: list[Form] = FORMS, *, worker_kills: int = 0
) -> Findings:
    return judge(forms, cases, mails, worker_kills=worker_kills)


class TestKept:
    def test_all_once_is_clean(self) -> None:
        assert found([CASE, OTHER], [MAIL, OTHER_MAIL]).is_clean

    def test_a_form_that_was_never_acknowledged_may_be_recorded_or_not(self) -> None:
        unseen = [FORMS[0], Form(HIS)]
        assert found([CASE], [MAIL], unseen).is_clean
        assert found([CASE, OTHER], [MAIL, OTHER_MAIL], unseen).is_clean


class TestLost:
    def test_an_acknowledged_reference_without_a_case(self) -> None:
        findings = found([CASE], [MAIL])
        assert (findings.lost, findings.is_clean) == (["C-1448-2"], False)
        assert "acknowledged and lost: 1: C-1448-2" in findings.list_lines()

    def test_a_reference_that_belongs_to_another_form(self) -> None:
        findings = found([CASE, KeptCase("C-1448-1", HIS, ("<2@a>",))], [MAIL, OTHER_MAIL])
        assert findings.lost == ["C-1448-1", "C-1448-2"]

    def test_a_case_whose_mail_went_to_nobody_or_to_somebody_else(self) -> None:
        assert found([CASE, OTHER], [MAIL]).unmailed == ["C-1448-2"]
        assert found([CASE, OTHER], [MAIL, Delivery("<2@a>", HERS)]).unmailed == ["C-1448-2"]

    def test_a_form_that_was_refused(self) -> None:
        findings = found([CASE], [MAIL], [FORMS[0], Form(HIS, refusal="500 for the form")])
        assert (findings.refused, findings.is_clean) == (["saad@example.org (500 for the form)"], False)


class TestDoubled:
    def test_one_form_with_two_cases_even_if_it_was_never_acknowledged(self) -> None:
        twice = [CASE, KeptCase("C-1448-3", HERS, ("<3@a>",))]
        mails = [MAIL, Delivery("<3@a>", HERS)]
        for form in (FORMS[0], Form(HERS)):
            findings = found(twice, mails, [form])
            assert (findings.doubled, findings.is_clean) == (["haya@example.org (C-1448-1, C-1448-3)"], False)

    def test_one_case_with_two_messages(self) -> None:
        findings = found([KeptCase("C-1448-1", HERS, ("<1@a>", "<3@a>"))], [MAIL], FORMS[:1])
        assert (findings.mailed_apart, findings.is_clean) == (["C-1448-1"], False)

    def test_a_mail_again_only_where_a_worker_was_killed(self) -> None:
        mails = [MAIL, OTHER_MAIL, OTHER_MAIL]
        assert not found([CASE, OTHER], mails).is_clean
        findings = found([CASE, OTHER], mails, worker_kills=1)
        assert (findings.repeats, findings.is_clean) == ({"<2@a>": 1}, True)
