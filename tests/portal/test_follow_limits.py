"""Guessing on the tracking page is slowed."""

from silah.web.extensions import limiter

NAME = "hayat-arar"


class TestLimits:
    def test_guessing_is_slowed(self, app, applicant):
        limiter.enabled = True
        person = applicant("nobough-talents")
        answers = [person.post("/follow", reference="R-1448-1", code="x").status_code for _ in range(12)]
        assert answers[:10] == [422] * 10
        assert answers[-1] == 429

    def test_codes_cannot_be_asked_for_without_end(self, applicant):
        limiter.enabled = True
        person = applicant("tamkeen-qassim")
        answers = [person.post("/follow/code", reference="R-1448-1").status_code for _ in range(7)]
        assert 429 in answers
