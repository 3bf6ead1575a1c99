"""The fields of a page as its template draws them: each with words, value, choices, effect and errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic_core import PydanticUndefined

from silah.policies import form_data
from silah.policies.document_setting_effects import PAPER
from silah.policies.field_schema import STEPS, Shape, fields_of, of_policy
from silah.policies.sections import Document, Section
from silah.policies.work_setting_effects import WORK
from tenants.policy import Policy
from tenants.policy_labels import label, value_words
from tenants.texts import Text

Choice = tuple[str, Any]
CHANNEL_KINDS = (
    "interview", "phone", "fax", "letter", "email", "sms", "website", "app", "social_media",
    "assistance_service", "volunteer_service", "delegates",
)  # fmt: skip
SAYABLE = (
    "studied_by", "attestation", "clarification_role", "outcome", "intake.incomplete", "intake.criteria_handed_over",
    "intake.complete_before_leaving", "reply_period.bound", "reply_period.amount", "reply_period.unit",
    "reply_period.starts", "complaints.body", "complaints.quickly", "complaints.technical_support",
    "complaints.amicable_settlement", "compensation.negotiation", "informing.enquiry_channels",
    "informing.updates_published", "satisfaction.core_objective", "satisfaction.rating_is_a_right",
    "satisfaction.for_correction_not_punishment", "responsibilities.taken_up_by",
    "responsibilities.read_work_regulations", "responsibilities.hr_spreads_awareness",
    "responsibilities.hr_gives_copies", "review.rights_renewed", "scope.exempt_with_own_policy",
)  # fmt: skip
"""Settings that a wording can fix."""
BLANK: dict[str, Any] = {"pair": {}, "tick": False, "many": (), "groups": (), "list": (), "facts": {}, "part": {}}
NAMES: dict[str, Any] = {
    "Audience.one": _l("One of them"),
    "Audience.many": _l("Several of them"),
    "Instrument.by": _l("Followed by"),
    "BoardSession.number": _l("Session number"),
    "Evidence.name": _l("Ground"),
    "Ratification.by": _l("Ratified by"),
}


@dataclass
class Node:
    """One field, or a group of fields."""

    path: str
    kind: str
    label: Any
    value: Any = None
    hint: str = ""
    errors: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    nodes: list["Node"] = field(default_factory=list)
    optional: bool = False
    long: bool = False
    title: str = ""
    adds: list[Choice] = field(default_factory=list)
    present: bool = True


class Drawing:
    """Draws the nodes of one section from plain data, which may be unfinished."""

    def __init__(
        self,
        document: Document,
        locale: str,
        *,
        roles: Mapping[str, Text],
        errors: Mapping[str, list[str]] | None = None,
    ) -> None:
        self.document, self.locale, self.roles, self.errors = document, locale, roles, errors or {}
        self.policy = Policy.read(document)

    def section(self, section: Section, data: Document) -> list[Node]:
        """Every field of the section."""
        self.data = data
        return [self.node(of_policy(name), name, data.get(name)) for name in section.fields]

    def node(self, shape: Shape, path: str, value: Any) -> Node:
        """One field with what it holds."""
        said = describe_effect(shape.owner, shape.name)
        if not said and shape.owner in {one.__name__ for one in STEPS.values()}:
            said = describe_effect("_Step", shape.name)
        node = Node(
            path,
            shape.kind,
            NAMES.get(f"{shape.owner}.{shape.name}") or label([shape.name]).for_locale(self.locale),
            BLANK.get(shape.kind, "") if value is None else value,
            said.for_locale(self.locale),
            self.errors.get(path, []),
            optional=shape.optional,
            long=shape.long,
        )
        if shape.kind in ("one", "many", "groups"):
            node.choices = self.choices(shape, node.value)
        elif shape.kind == "part":
            node.present = value is not None or not shape.optional
            node.nodes = self.part(shape.model, path, node.value) if node.present else []
        elif shape.kind == "list":
            node.nodes = [self.item(shape, f"{path}.{index}", one) for index, one in enumerate(node.value)]
            if shape.steps:
                node.adds = [(kind, label([kind]).for_locale(self.locale)) for kind in STEPS]
        elif shape.kind == "facts":
            node.nodes = [self.fact(path, setting, said) for setting, said in node.value.items()]
            node.choices = [(one, self.setting(one)) for one in SAYABLE if one not in node.value]
        return node

    def part(self, model: Any, path: str, value: Document) -> list[Node]:
        """The fields of a part; what is not there yet holds its default."""
        found = []
        for name, shape in fields_of(model).items():
            default = model.model_fields[name].default
            given = value.get(name, None if default is PydanticUndefined else _plain(default))
            found.append(self.node(shape, f"{path}.{name}", given))
        return found

    def item(self, shape: Shape, path: str, value: Document) -> Node:
        """One item of a list, headed by its name."""
        model = STEPS[value["kind"]] if shape.steps else shape.model
        node = Node(path, "item", "", value, nodes=self.part(model, path, value))
        node.errors = [
            error for place, errors in self.errors.items() if place.startswith(f"{path}.") for error in errors
        ]
        words: Document = next((value[part] for part in ("name", "heading", "text", "role") if value.get(part)), {})
        node.title = words.get(self.locale) or words.get("ar") or words.get("en") or ""
        if not node.title:
            named = value.get("kind") or value.get("act") or ""
            node.title = value_words(named).for_locale(self.locale)
        node.label = label([value["kind"]]).for_locale(self.locale) if shape.steps else ""
        return node

    def choices(self, shape: Shape, value: Any) -> list[Choice]:
        """What a field may hold, in words; a value that is not among it stays, so that nothing is lost."""
        found = [(one, self.option(shape, one)) for one in shape.options] or self.referred(shape)
        groups = value if isinstance(value, list | tuple) else [value]
        held = [key for one in groups for key in (one if isinstance(one, list | tuple) else [one]) if key]
        known = {key for key, _words in found}
        found += [(one, value_words(one).for_locale(self.locale)) for one in dict.fromkeys(held) if one not in known]
        if shape.kind == "many" and shape.name != "chain":  # what is chosen keeps its order; the chain has its own
            found.sort(key=lambda one: held.index(one[0]) if one[0] in held else len(held))
        return found

    def option(self, shape: Shape, value: str) -> str:
        """One of fixed values in words; a committee by the name that the association gives it."""
        committee = self.policy.committee(value) if (shape.owner, shape.name) == ("Study", "by") else None
        return (committee.name if committee else value_words(value, shape.name)).for_locale(self.locale)

    def referred(self, shape: Shape) -> list[Choice]:
        """The parts at which a field may point."""
        roles = [(key, name.for_locale(self.locale)) for key, name in self.roles.items()]
        match shape.refers:
            case "role":
                return roles
            case "body":
                bodies = [(one.key, one.name.for_locale(self.locale)) for one in self.policy.committees]
                return bodies + [one for one in roles if one[0] not in dict(bodies)]
            case "channel":
                return [(one.key, one.name.for_locale(self.locale)) for one in self.policy.channels if not one.retired]
            case "channel_kind":
                kinds = dict.fromkeys((*CHANNEL_KINDS, *(one.kind for one in self.policy.channels)))
                return [(kind, value_words(kind).for_locale(self.locale)) for kind in kinds]
            case _:
                evidence = (self.data.get("compensation") or {}).get("evidence") or ()
                named = [(one.get("key"), one.get("name") or {}) for one in evidence]
                return [(key, name.get(self.locale) or name.get("ar") or key) for key, name in named if key]

    def fact(self, path: str, setting: str, said: Any) -> Node:
        """One thing that a wording fixes: keep it, bring it to the present setting, or say nothing of it."""
        actual = form_data.fact(self.policy, setting)
        node = Node(f"{path}|{setting}", "fact", self.setting(setting), form_data.fact_text(said))
        node.choices = [(form_data.fact_text(said), value_words(said).for_locale(self.locale))]
        if actual != said:
            words = value_words(actual).for_locale(self.locale)
            node.choices.append((form_data.SAYS_NOW, _l("as the setting is: %(value)s", value=words)))
        node.choices.append((form_data.NOT_SAID, _l("nothing")))
        return node

    def setting(self, path: str) -> str:
        """A setting in words."""
        return label(path.split(".")).for_locale(self.locale)


def _plain(value: Any) -> Any:
    """A default as plain data."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def describe_effect(owner: str, name: str) -> Text:
    """What this setting does; an empty text where its label says it all."""
    place = f"{owner}.{name}"
    arabic, english = PAPER.get(place) or WORK.get(place) or ("", "")
    return Text(ar=arabic, en=english)
