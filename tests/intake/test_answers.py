"""The answers as readers see them, and who looked at what."""

import pytest

from silah.cases import beneficiary_files as files
from silah.cases import timeline
from silah.cases.workflow import list_possible
from silah.errors import Forbidden, NotFound
from silah.intake import answers, drafts, submitting


@pytest.fixture
def case(madinah):
    draft = madinah.draft()
    drafts.save(draft, "fields", {"iban": "SA0380000000608010167519", "debts": True, "debt_amount": "20.00"})
    return submitting.submit(draft, channel="website").case


def values(shown):
    return {row.key: row.value for _title, rows in shown for row in rows}


class TestShown:
    def test_is_in_words_and_masks_what_is_sensitive(self, madinah, case):
        shown = answers.shown(case, madinah.member("research_committee_member"), "en")
        found = values(shown)
        assert found["amount"] == "SAR 1,500"
        assert found["debts"] == "Yes"
        assert found["iban"] == "••••7519"
        assert found["national_id"].startswith("••••")
        assert [title for title, _rows in shown] == ["The applicant", "The need"]

    def test_opening_takes_the_permission_and_is_recorded(self, madinah, case):
        with pytest.raises(Forbidden):
            answers.shown(case, madinah.member("research_committee_member"), "en", in_full=True)
        found = values(answers.shown(case, madinah.member("relations_officer"), "en", in_full=True))
        assert found["iban"] == "SA0380000000608010167519"
        line = timeline.entries(case, for_applicant=False)[0]
        assert (line.verb, line.data, line.who) == ("looked", {"field": "all"}, "relations_officer person")

    def test_one_field_is_looked_at_by_itself(self, madinah, case):
        officer = madinah.member("relations_officer")
        assert answers.look(case, officer, "iban") == "SA0380000000608010167519"
        assert timeline.entries(case, for_applicant=False)[0].data == {"field": "iban"}
        with pytest.raises(NotFound):
            answers.look(case, officer, "nonsense")
        with pytest.raises(Forbidden):
            answers.look(case, madinah.member("volunteer"), "iban")

    def test_what_is_hidden_is_not_shown(self, madinah):
        assert "debt_amount" not in values(answers.shown(madinah.case(), None, "ar"))

    def test_costs_the_same_however_many_answers(self, madinah, case, queries):
        with queries() as sent:
            answers.shown(case, None, "ar")
        assert len(sent) <= 3


class TestCorrecting:
    def test_a_files_correction_shows_on_each_case_and_changes_none(self, madinah):
        officer = madinah.member("relations_officer")
        case = madinah.case(number=81, by=officer, identity="original")
        file = files.get(case.beneficiary_id)
        assert files.correct(file, by=officer, name="منيرة بنت سعد") == ("name",)
        assert file.name == "منيرة بنت سعد"
        assert madinah.verbs(case)[-1] == "file_corrected"
        assert case.beneficiary.name == "نورة بنت سعد"


class TestCost:
    def test_the_moves_and_the_timeline_take_a_fixed_number_of_statements(self, madinah, queries):
        case, officer = madinah.complete(), madinah.member("relations_officer")
        for _ in range(5):
            timeline.record(case, "noted", by=officer)
        with queries() as sent:
            offered = list_possible(case, officer)
        assert "ask_for" in {move.key for move in offered}
        assert len(sent) <= 5
        with queries() as sent:
            timeline.entries(case, for_applicant=False)
        assert len(sent) == 2
