"""What was answered, for the eye: groups of question, answer and the page where it can be changed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from silah.cases.person import LANGUAGES, RELATIONS
from silah.intake import drafts, wizard
from silah.intake.conditions import shown_fields
from silah.intake.definition import Definition
from silah.intake.form_values import words
from silah.intake.models import Draft
from silah.language.bilingual import localized
from silah.language.localization import dates
from silah.portal import public_context
from tenants.policy import Policy


@dataclass(frozen=True)
class Group:
    """The answers of one page, under its heading."""

    title: str
    stop: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    missing: bool = False


def groups(draft: Draft, policy: Policy, locale: str) -> list[Group]:
    """Everything that the draft holds, page by page."""
    definition, kept = drafts.definition(draft), drafts.answers(draft)
    person = kept["person"]
    found = [
        Group(_("For whom"), "who", [(_("For whom do you apply?"), str(RELATIONS[person.get("relation") or "self"]))]),
        Group(_("About you"), "you", _given(person, _about(person))),
        Group(_("Contact and reply"), "contact", _contact(person, policy, locale)),
    ]
    found += _steps(definition, kept["fields"], locale)
    return found + _documents(draft, definition, kept, locale)


def _about(person: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [
        ("name", _("Your full name")),
        ("national_id", _("Your national ID or iqama number")),
        ("member_number", _("General Assembly membership number")),
    ]
    if person.get("relation") in ("guardian", "agent"):
        rows += [
            ("beneficiary_name", _("Full name of the beneficiary")),
            ("beneficiary_national_id", _("The beneficiary's national ID or iqama number")),
            ("beneficiary_mobile", _("The beneficiary's mobile")),
        ]
    return rows


def _contact(person: dict[str, Any], policy: Policy, locale: str) -> list[tuple[str, str]]:
    channel = policy.channel(person.get("reply_channel") or "")
    shown = {
        **person,
        "reply_channel": channel.name.for_locale(locale) if channel else None,
        "locale": dict(LANGUAGES).get(person.get("locale") or ""),
        "branch": _branch(person.get("branch"), locale),
    }
    labels = [
        ("mobile", _("Mobile")),
        ("email", _("E-mail")),
        ("reply_channel", _("By what means would you like the reply?")),
        ("reply_address", _("Address or number for the reply")),
        ("branch", _("Branch office")),
        ("locale", _("Language of our messages and letters")),
    ]
    return _given(shown, labels)


def _branch(branch_id: str | None, locale: str) -> str | None:
    if not branch_id:
        return None
    names = {str(branch.id): localized(branch, "name", locale) for branch in public_context.branches()}
    return names.get(branch_id)


def _given(answers: dict[str, Any], labels: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, str(answers[key])) for key, label in labels if answers.get(key)]


def _steps(definition: Definition, fields: dict[str, Any], locale: str) -> list[Group]:
    asked = {one.key for one in shown_fields(definition, fields)}
    found = []
    for step in definition.steps:
        rows = [
            (one.label.for_locale(locale), words(one, fields.get(one.key), locale) or "—")
            for one in step.fields
            if one.key in asked
        ]
        if rows:
            found.append(Group(step.title.for_locale(locale), step.key, rows))
    return found


def _documents(draft: Draft, definition: Definition, kept: dict[str, Any], locale: str) -> list[Group]:
    found = []
    for document in wizard.documents(definition, kept):
        entry = draft.files.get(document.key)
        shown = [(_("File"), entry["name"])] if entry else [(_("File"), _("Not sent yet"))]
        if entry and entry.get("valid_until"):
            shown.append((_("Valid until"), dates(date.fromisoformat(entry["valid_until"]))))
        stop = wizard.DOCUMENT + document.key
        found.append(Group(document.label.for_locale(locale), stop, shown, missing=entry is None))
    return found
