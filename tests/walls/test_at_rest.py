"""What the database, its backup and Redis would tell a thief: nothing that the design has sealed."""

import json
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import create_engine, select, text

from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case, CaseMessage
from silah.cases.party_models import CaseParty
from silah.complaints.models import Complaint, Inquiry
from silah.config import Settings
from silah.corrective.models import CorrectiveAction
from silah.intake.definition import Definition
from silah.intake.models import Attestation, Decision, ServiceRequest
from silah.interviews.models import Interview
from silah.settlements.models import Negotiation, SettlementOffer, Undertaking
from silah.surveys import anonymous_sealing
from silah.surveys.models import SurveyResponse
from tenants.context import serving
from tenants.database import db
from tests.walls.conftest import Town

SHORTEST = 6
"""Shorter values stand in other places by chance."""


@pytest.fixture(scope="module")
def secrets(app: Flask, a: Town) -> dict[str, set[str]]:
    """Everything of A that is to be sealed, read with its key."""
    found: dict[str, set[str]] = {"numbers": set(), "answers": set(), "texts": set()}
    with app.app_context(), serving(a.tenant):
        for person in [*db.session.scalars(select(Beneficiary)), *db.session.scalars(select(CaseParty))]:
            found["numbers"] |= {one for one in (person.national_id, person.mobile, person.email) if one}
        for case in db.session.scalars(select(Case)):
            found["numbers"] |= {case.reply_address} if case.reply_address else set()
        for request in db.session.scalars(select(ServiceRequest)):
            form = Definition.read(request.revision.definition)
            kept = json.loads(request.answers)
            words = {field.key for field in form.fields if field.kind in ("text", "long_text", "iban", "email")}
            found["answers"] |= {str(value) for key, value in kept["fields"].items() if key in words and value}
        found["texts"] |= set(db.session.scalars(select(CaseMessage.body)))
        found["texts"] |= set(db.session.scalars(select(Decision.reasons)))
        for column in (
            Complaint.text,
            Inquiry.text,
            CorrectiveAction.what,
            Negotiation.text,
            SettlementOffer.terms,
            Undertaking.what,
            Interview.summary,
        ):
            found["texts"] |= set(filter(None, db.session.scalars(select(column))))
        for kept in db.session.scalars(select(SurveyResponse)):
            found["texts"] |= set(anonymous_sealing.read(kept.answers, kept.texts)[1].values())
        found["signers"] = set(db.session.scalars(select(Attestation.signed_by)))
    return {kind: {one for one in values if len(one) >= SHORTEST} for kind, values in found.items()}


@pytest.fixture(scope="module")
def dump(settings: Settings, a: Town) -> dict[str, str]:
    """Every table of A and of the platform, as a dump would write it."""
    assert settings.owner_url
    engine = create_engine(settings.owner_url)
    with engine.connect() as conn:
        tables = conn.execute(
            text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN (:role, 'shared')"),
            {"role": a.tenant.role},
        ).all()
        found = {}
        for schema, table in tables:
            rows = conn.exec_driver_sql(f'SELECT t::text FROM "{schema}"."{table}" t')  # noqa: S608 - names of tables
            found[table] = "\n".join(rows.scalars())
    engine.dispose()
    return found


def ways(value: str) -> set[str]:
    """How a value may be written in a dump: as text, as JSON, as the hexadecimal digits of a binary column."""
    return {value, json.dumps(value)[1:-1], value.encode().hex(), value.removeprefix("+966"), value.replace('"', '""')}


class TestADump:
    def test_was_looked_at(self, dump: dict[str, str], secrets: dict[str, set[str]]) -> None:
        assert sum(map(len, dump.values())) > 100_000
        assert all(secrets.values()), {kind: len(values) for kind, values in secrets.items()}

    def test_holds_no_number_of_a_person(self, dump: dict[str, str], secrets: dict[str, set[str]]) -> None:
        assert told(dump, secrets["numbers"]) == {}

    def test_holds_no_answer(self, dump: dict[str, str], secrets: dict[str, set[str]]) -> None:
        assert told(dump, secrets["answers"]) == {}

    def test_holds_no_message_and_no_reasons(self, dump: dict[str, str], secrets: dict[str, set[str]]) -> None:
        assert told(dump, secrets["texts"]) == {}

    def test_of_attestations_holds_no_signer(self, dump: dict[str, str], secrets: dict[str, set[str]]) -> None:
        assert told({"attestation": dump["attestation"]}, secrets["signers"]) == {}

    def test_holds_no_receipt_code_and_no_password(self, a: Town, dump: dict[str, str]) -> None:
        from tests.walls.conftest import PASSWORD

        assert told(dump, {PASSWORD, a.draft_secret}) == {}


class TestRedis:
    def test_holds_none_of_it(self, settings: Settings, secrets: dict[str, set[str]]) -> None:
        held = {}
        with Redis.from_url(settings.redis_url) as redis:
            for key in redis.scan_iter("*"):
                held[key.decode(errors="replace")] = repr(redis.dump(key))
        assert told(held, secrets["numbers"]) == {}


def told(places: dict[str, str], values: set[str]) -> Any:
    """Where which of the values stand."""
    return {
        (place, value[:30]): True
        for place, content in places.items()
        for value in values
        if any(way and way in content for way in ways(value))
    }
