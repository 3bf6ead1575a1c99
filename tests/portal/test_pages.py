"""The first page and the policy: what each association's policy changes shows, and pages stay light."""

import gzip
import re

import pytest

from tenants import blueprints
from tenants.clauses import printed
from tests.portal.applicant import NAMES

PUBLIC = ("/", "/policy", "/requests/new", "/follow", "/follow/code", "/complaints/new", "/inquiries/new")
LIGHT = 30_000


class TestHome:
    @pytest.mark.parametrize("name", NAMES)
    def test_has_four_doors_the_channels_and_the_policy(self, applicant, name):
        page = applicant(name).get("/").text
        assert page.count('class="door"') == 4
        policy = blueprints.load(name).policy
        for channel in policy.public_channels:
            assert channel.name.ar in page
        assert policy.title.ar in page

    def test_complaints_go_by_the_channels_that_the_policy_names_for_them(self, applicant):
        page = applicant("samtah-cooperative").get("/complaints/new").text.split('id="ways"')[1]
        assert "الفاكس" in page
        assert "المقابلة" not in page

    @pytest.mark.parametrize("name", NAMES)
    def test_a_request_is_called_what_the_association_calls_it(self, applicant, name):
        key = blueprints.load(name).request_types[0]["key"]
        noun = blueprints.load(name).policy.request_noun.ar
        assert f'<p class="muted">{noun}</p>' in applicant(name).get(f"/requests/types/{key}").text

    @pytest.mark.parametrize("path", PUBLIC)
    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_each_page_is_light_and_speaks_its_language(self, applicant, path, lang):
        page = applicant("hayat-arar", lang).get(path)
        assert page.status_code == 200
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in page.text
        assert len(gzip.compress(page.data)) < LIGHT
        assert not re.search(r'(src|href)="https?://', page.text.replace("http://www.w3.org", ""))
        assert " style=" not in page.text

    def test_asks_the_database_a_fixed_few_times(self, applicant, queries):
        person = applicant()
        person.get("/")
        with queries() as sent:
            person.get("/")
        assert len(sent) <= 5

    def test_an_unknown_request_type_is_not_found(self, applicant):
        assert applicant().get("/requests/types/nothing").status_code == 404


class TestPolicy:
    @pytest.mark.parametrize("lang", ["ar", "en"])
    @pytest.mark.parametrize("name", NAMES)
    def test_prints_every_clause_in_order(self, applicant, name, lang):
        page = applicant(name, lang).get("/policy").text
        place = 0
        for section in printed(blueprints.load(name).policy):
            place = page.index(section.heading.for_locale(lang), place)

    def test_keeps_the_letters_as_printed(self, applicant):
        page = applicant("samtah-cooperative").get("/policy").text
        headings = re.findall(r"<h2[^>]*>([أبتثجحخدذ])\)", page)
        assert headings.count("ب") == 2
        assert "خ" not in headings

    @pytest.mark.parametrize("name", NAMES)
    def test_tells_programs_what_it_says(self, applicant, name):
        told, policy = applicant(name).get("/policy.json").json, blueprints.load(name).policy
        assert told["reply_period"]["bound"] == policy.reply_period.bound
        assert told["studied_by"] == policy.studied_by
        assert told["attestation"] == policy.attestation
        assert told["referral"] == policy.clarification_role
        assert [one["key"] for one in told["channels"]] == [one.key for one in policy.public_channels]
        assert len(told["clauses"]) == len(policy.sections)
        assert "target" not in told["reply_period"]

    @pytest.mark.parametrize("lang", ["ar", "en"])
    @pytest.mark.parametrize("name", NAMES)
    def test_is_printed_in_both_languages(self, applicant, name, lang):
        paper = applicant(name).get(f"/policy.pdf?lang={lang}")
        assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
