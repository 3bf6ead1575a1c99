"""The questions about the person, a small group a page; each page checks its own and keeps what others gave."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from silah.cases.person import PersonForm, needed_for, person_form
from silah.language.localization import locale
from silah.portal import public_context
from tenants.policy import Policy

PAGES: dict[str, tuple[str, ...]] = {
    "who": ("relation",),
    "you": (
        "name",
        "national_id",
        "member_number",
        "beneficiary_name",
        "beneficiary_national_id",
        "beneficiary_mobile",
    ),
    "contact": ("mobile", "email", "reply_channel", "reply_address", "branch", "locale"),
}
FOR_ANOTHER = ("beneficiary_name", "beneficiary_national_id", "beneficiary_mobile")


def form_of(page: str, policy: Policy, language: str, kept: Mapping[str, Any]) -> PersonForm:
    """The person's form for one page, filled with what was kept, or with what was sent for this page."""
    given: dict[str, Any] = {"formdata": _sent(page, kept)} if request.method == "POST" else {}
    return person_form(policy, language, data=kept, branches=public_context.branches(), **given)


def asked(form: PersonForm, page: str, kept: Mapping[str, Any]) -> list[Any]:
    """The fields of a page, as far as they are asked of this person."""
    for_another = kept.get("relation") in ("guardian", "agent")
    keys = [key for key in PAGES[page] if key in form and (for_another or key not in FOR_ANOTHER)]
    return [form[key] for key in keys]


def taken(form: PersonForm, page: str, kept: Mapping[str, Any]) -> dict[str, Any] | None:
    """All of the person's answers with this page's, or None where this page has something to mend."""
    form.validate()
    here = asked(form, page, kept)
    for field in form:
        if field not in here:
            field.errors = []
    answers = {**kept, **{key: form.answers().get(key) for key in (field.name for field in here)}}
    if page == "contact" and not any(field.errors for field in here):
        _check_reachable(form, answers)
    return None if any(field.errors for field in here) else answers


def written_means(policy: Policy) -> str:
    """The means of reply that need an address or number of their own, for the page's script: "letters|fax"."""
    return "|".join(channel.key for channel in policy.outbound_channels if needed_for(channel) == "reply_address")


def _check_reachable(form: PersonForm, answers: Mapping[str, Any]) -> None:
    channel = form.policy.channel(answers.get("reply_channel") or "")
    needs = needed_for(channel) if channel else None
    if needs and not answers.get(needs):
        form[needs].errors = [_("This is needed for the means of reply that you chose.")]


def _sent(page: str, kept: Mapping[str, Any]) -> MultiDict[str, str]:
    mine = {*PAGES[page], "csrf_token"}
    sent: MultiDict[str, str] = MultiDict((key, value) for key, value in request.form.items(multi=True) if key in mine)
    for key, value in kept.items():
        if key not in mine and value is not None:
            sent.add(key, str(value))
    for key, value in (("branch", ""), ("locale", kept.get("locale") or locale())):
        if key not in sent:
            sent.add(key, value)
    return sent
