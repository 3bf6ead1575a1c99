"""Those who still owe it are listed in the order that HR asks for."""

from typing import Any

from sqlalchemy import select

from silah.acknowledgements.models import Campaign
from tenants.database import db


def test_those_who_owe_it_are_sorted_by_each_heading(make_association: Any, serve: Any, signed_in: Any) -> None:
    samtah = make_association(blueprint="samtah-cooperative")
    hr = signed_in(samtah, "human_resources")
    with serve(samtah):
        address = f"/admin/acknowledgements/{db.session.scalars(select(Campaign.id)).one()}"
    for asked, by in {"": "Name", "department": "Department", "opened": "Opened", "reminders": "Reminders"}.items():
        page = hr.get(f"{address}?sort={asked}&order=desc&lang=en").text
        assert page.count('aria-sort="descending"') == 1
        assert f">{by}<" in page.partition('aria-sort="descending"')[2][:200]
