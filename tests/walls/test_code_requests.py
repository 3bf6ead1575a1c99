"""One-time codes of a case: whoever has many sent leaves some for the person whose case it is."""

from typing import Any

import pytest
from sqlalchemy import select

from silah.cases import one_time_codes
from silah.cases.models import Case
from silah.jobs import handlers
from silah.notifications.models import OutboxMessage
from silah.portal.follow_routes import ASKED, send_asked
from silah.web.guess_limits import CODE_REQUESTS
from tenants.context import Tenant
from tenants.database import db
from tenants.registry import DueWork
from tests.walls.test_guessing import Visit, _only_guesses_count, case, visit

__all__ = ["_only_guesses_count", "case", "visit"]


class TestOneTimeCodes:
    def test_whoever_uses_up_a_cases_codes_keeps_nobody_else_out(
        self, visit: Visit, serve: Any, association: Tenant, case: tuple[str, str]
    ) -> None:
        handlers.load()
        stranger = visit(association)
        for _ in range(one_time_codes.MOST_A_DAY + 2):
            stranger.post("/follow/code", data={"reference": case[0]})
        others = [visit(association) for _ in range(one_time_codes.MOST_A_DAY)]
        for other in others:
            other.post("/follow/code", data={"reference": case[0]})
        hers = visit(association)
        for _ in range(2):
            hers.post("/follow/code", data={"reference": case[0]})
        with hers.session_transaction(base_url=hers.base_url) as session:
            ask = session["asked_for"]["ask"]
        with serve(association):
            mine = select(DueWork.key, DueWork.payload).where(DueWork.tenant == association.role, DueWork.kind == ASKED)
            owed = {key: payload["few"] for key, payload in db.session.execute(mine)}
            assert len(owed) == CODE_REQUESTS.free + len(others) + 2
            for key, few in sorted(owed.items(), key=lambda one: one[0] == ask):
                send_asked(case[0], key, few=few)
                db.session.commit()
            sent = select(OutboxMessage.body).where(OutboxMessage.template == "code")
            body = str(db.session.scalars(sent.order_by(OutboxMessage.created_at.desc())).first())
            code = next(word.strip(".") for word in body.split() if word.strip(".").isdigit() and len(word) >= 6)
        assert hers.post("/follow/code/enter", data={"code": code}).status_code == 302

    def test_codes_for_following_use_up_none_for_what_one_signs(
        self, serve: Any, association: Tenant, case: tuple[str, str]
    ) -> None:
        with serve(association):
            found = db.session.scalars(select(Case).where(Case.reference == case[0])).one()
            for number in range(one_time_codes.MOST_AN_HOUR):
                one_time_codes.send(found, f"follow@{number}")
            with pytest.raises(one_time_codes.TooMany):
                one_time_codes.send(found, "follow@more")
            one_time_codes.send(found, "attest")
            db.session.rollback()
