"""The answers of a request as a reader sees them: step by step in words, sensitive ones masked until looked at."""

from typing import Any, NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.party_corrections import CORRECTABLE
from silah.cases.person import LANGUAGES, RELATIONS
from silah.errors import Forbidden, NotFound
from silah.forms.texts import masked
from silah.intake import requests
from silah.intake.conditions import shown_fields
from silah.intake.definition import Definition, Step
from silah.intake.form_values import words
from silah.web.access import Member, Permission
from tenants.policy import Policy


class Row(NamedTuple):
    """One answer: its label, its words (masked where ``sensitive``), and the key by which it is looked at."""

    label: str
    value: str
    sensitive: bool = False
    key: str = ""


Shown = list[tuple[str, list[Row]]]

PERSONAL = ("national_id", "mobile", "beneficiary_national_id", "beneficiary_mobile")


def shown(case: Case, member: Member | None, locale: str, *, in_full: bool = False) -> Shown:
    """The answers of a case by step. ``in_full`` opens the sensitive ones, for a member who may, and is recorded."""
    if in_full:
        _looked(case, member, "all")
    return written(requests.definition(case), _as_corrected(case), case.policy_version.policy, locale, in_full=in_full)


def written(
    definition: Definition, answers: dict[str, Any], policy: Policy, locale: str, *, in_full: bool = False
) -> Shown:
    """The answers in words, of a draft as well: the review page reads them in full."""
    with force_locale(locale):
        steps = [(_("The applicant"), _person(answers.get("person", {}), policy, locale, in_full))]
        for step in definition.steps:
            rows = _step(definition, step, answers.get("fields", {}), locale, in_full)
            if rows:
                steps.append((step.title.for_locale(locale), rows))
        return steps


def look(case: Case, member: Member, key: str) -> str:
    """One sensitive answer in full; who looked at which is recorded on the timeline."""
    _looked(case, member, key)
    answers = _as_corrected(case)
    found = answers["person"].get(key) if key in PERSONAL else answers["fields"].get(key)
    if found is None:
        raise NotFound
    return str(found)


def _as_corrected(case: Case) -> dict[str, Any]:
    """The answers, with the names and contacts that the case uses, which an officer may have corrected."""
    kept = requests.answers(case)
    sides = [("", case.applicant)] + ([("beneficiary_", case.beneficiary)] if case.relation != "self" else [])
    now = {f"{prefix}{key}": getattr(party, key) for prefix, party in sides if party for key in CORRECTABLE}
    return {**kept, "person": {**kept["person"], **{key: value for key, value in now.items() if value}}}


def _looked(case: Case, member: Member | None, key: str) -> None:
    if member is None or not member.may(Permission.SEE_SENSITIVE_FIELDS):
        raise Forbidden
    timeline.record(case, "looked", by=member, data={"field": key}, private=True)


def _step(definition: Definition, step: Step, fields: dict[str, Any], locale: str, in_full: bool) -> list[Row]:
    visible = {field.key for field in shown_fields(definition, fields)}
    rows = []
    for field in step.fields:
        if field.key in visible:
            text = words(field, fields.get(field.key), locale)
            hide = field.is_sensitive and not in_full
            rows.append(
                Row(field.label.for_locale(locale), masked(text) if hide else text, field.is_sensitive, field.key)
            )
    return rows


def _person(person: dict[str, Any], policy: Policy, locale: str, in_full: bool) -> list[Row]:
    rows = []
    for key, label in _labels().items():
        value = person.get(key)
        if value:
            secret = key in PERSONAL
            text = masked(str(value)) if secret and not in_full else _said(key, str(value), policy, locale)
            rows.append(Row(label, text, secret, key))
    return rows


def _said(key: str, value: str, policy: Policy, locale: str) -> str:
    if key == "relation":
        return str(RELATIONS.get(value, value))
    if key == "reply_channel":
        channel = policy.channel(value)
        return channel.name.for_locale(locale) if channel else value
    return dict(LANGUAGES).get(value, value) if key == "locale" else value


def _labels() -> dict[str, str]:
    return {
        "relation": _("Applies"),
        "name": _("Applicant's name"),
        "national_id": _("National ID or iqama"),
        "member_number": _("Membership number"),
        "mobile": _("Mobile"),
        "email": _("E-mail"),
        "beneficiary_name": _("Beneficiary's name"),
        "beneficiary_national_id": _("Beneficiary's national ID or iqama"),
        "beneficiary_mobile": _("Beneficiary's mobile"),
        "reply_channel": _("Means of the reply"),
        "reply_address": _("Address for the reply"),
        "locale": _("Language of messages"),
    }
