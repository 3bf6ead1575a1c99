"""The form of a request type as one typed document: criteria, steps of fields, conditions, required documents.

A revision keeps it as JSON; read it with ``Definition.read``. The same document drives the portal's pages, the
desk's, the checklist of completeness and the snapshot that is attested.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field as Setting
from pydantic import ValidationError, ValidationInfo, field_validator, model_validator

from silah.errors import Invalid
from silah.language.numbers import read_number, read_whole_number
from tenants.policy_parts import Key
from tenants.texts import Part, Text

FieldKind = Literal[
    "text",
    "long_text",
    "number",
    "money",
    "date",
    "choice",
    "choices",
    "yes_no",
    "national_id",
    "mobile",
    "iban",
    "email",
    "file",
]
"""What a field takes; a ``file`` becomes a document of its step."""

DayRange = Literal["birth", "past", "future"]
"""What days a date may be: of a birth, up to today, from today on."""

SENSITIVE_KINDS = frozenset({"national_id", "mobile", "iban"})

PROOF = "proof_of_authority"
"""The document by which a guardian or agent shows that they may act."""


class Condition(Part):
    """Shown only where another field's answer is one of these values."""

    field: Key
    values: tuple[str | bool | int, ...] = Setting(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        given = dict(given)
        for name in ("is", "equals", "value"):
            if name in given:
                given["values"] = (given.pop(name),)
        for name in ("in", "any_of"):
            if name in given:
                given["values"] = given.pop(name)
        return given


class Choice(Part):
    """One answer that may be chosen."""

    value: Key
    label: Text


class Field(Part):
    """One question. ``minimum`` and ``maximum`` bound numbers and money, ``longest`` a text's length,
    ``within`` the days of a date."""

    key: Key
    kind: FieldKind
    label: Text
    hint: Text = Text()
    required: bool = True
    sensitive: bool = False
    choices: tuple[Choice, ...] = ()
    shown_when: Condition | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    longest: int | None = Setting(default=None, ge=1, le=20_000)
    within: DayRange | None = Setting(default=None, exclude_if=lambda value: value is None)

    @field_validator("minimum", "maximum", "longest", mode="before")
    @classmethod
    def _as_typed(cls, given: Any, info: ValidationInfo) -> Any:
        if not isinstance(given, str):
            return given
        return read_whole_number(given) if info.field_name == "longest" else read_number(given)

    @property
    def day_range(self) -> DayRange | None:
        """What days a date may be; one whose key speaks of a birth is a birth's, where nothing else is set."""
        return self.within or ("birth" if "birth" in self.key.split("_") else None)

    @property
    def is_sensitive(self) -> bool:
        """True where only members with the permission see the answer in full."""
        return self.sensitive or self.kind in SENSITIVE_KINDS

    def choice(self, value: str) -> Choice | None:
        """The choice with this value."""
        return next((choice for choice in self.choices if choice.value == value), None)

    @model_validator(mode="after")
    def _has_choices(self) -> "Field":
        if self.kind in ("choice", "choices") and not self.choices:
            raise ValueError("a field of choices needs choices")
        return self


class Step(Part):
    """One page of the form."""

    key: Key
    title: Text
    hint: Text = Text()
    fields: tuple[Field, ...] = ()


class Document(Part):
    """A file that must or may come with the request; ``dated`` ones state until when they are valid."""

    key: Key
    label: Text
    hint: Text = Text()
    required: bool = True
    dated: bool = False
    shown_when: Condition | None = None
    step: Key | None = None


PROOF_DOCUMENT = Document(
    key=PROOF,
    label=Text(ar="ما يثبت الولاية أو الوكالة", en="Proof of guardianship or agency"),
    hint=Text(
        ar="صك الولاية أو الوكالة الشرعية السارية.", en="The deed of guardianship, or a valid power of attorney."
    ),
)


PERSON_STEP = Step(
    key="person",
    title=Text(ar="بيانات الهوية", en="Identity"),
    fields=(
        Field(
            key="applicant_national_id",
            kind="national_id",
            label=Text(ar="هوية مقدم الطلب أو إقامته", en="The applicant's national ID or iqama"),
            required=False,
        ),
        Field(
            key="beneficiary_national_id",
            kind="national_id",
            label=Text(ar="هوية المستفيد أو إقامته", en="The beneficiary's national ID or iqama"),
            required=False,
        ),
    ),
)
"""What every request needs of the person, in case it was recorded without: owed and provided like a form's step."""


class Definition(Part):
    """One form: what it is called, the criteria shown before one starts, steps, and documents."""

    title: Text
    summary: Text = Text()
    criteria: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = ()
    documents: tuple[Document, ...] = ()

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Definition":
        """The form in this document; raises ``Invalid`` naming each wrong part by its place."""
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise Invalid({".".join(map(str, e["loc"])): _words(e) for e in error.errors()}) from None

    def document(self) -> dict[str, Any]:
        """The form as JSON types; ``read`` gives the same form back."""
        return self.model_dump(mode="json")

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, in the order of the form."""
        return (field for step in self.steps for field in step.fields)

    def field(self, key: str) -> Field | None:
        """The field of this key, those of the person included."""
        return next((field for field in (*self.fields, *PERSON_STEP.fields) if field.key == key), None)

    def step(self, key: str) -> Step | None:
        """The step of this key, that of the person included."""
        return next((step for step in (*self.steps, PERSON_STEP) if step.key == key), None)

    def step_of(self, key: str) -> Step | None:
        """The step in which the field of this key is asked."""
        return next((s for s in (*self.steps, PERSON_STEP) if any(field.key == key for field in s.fields)), None)

    def required_of(self, key: str) -> Document | None:
        """The document of this key, the proof of authority included."""
        return next((document for document in (*self.documents, PROOF_DOCUMENT) if document.key == key), None)

    @model_validator(mode="before")
    @classmethod
    def _files_are_documents(cls, given: Any) -> Any:
        """A field of kind ``file`` becomes a document of its step: one way for files, not two."""
        if not isinstance(given, Mapping) or not all(isinstance(s, Mapping) for s in given.get("steps", ())):
            return given
        steps, documents = [], list(given.get("documents", ()))
        for step in given.get("steps", ()):
            files = [f for f in step.get("fields", ()) if isinstance(f, Mapping) and f.get("kind") == "file"]
            kept = [field for field in step.get("fields", ()) if field not in files]
            steps.append({**step, "fields": kept})
            documents += [{**_without_kind(file), "step": step.get("key")} for file in files]
        return {**given, "steps": steps, "documents": documents}

    @model_validator(mode="after")
    def _holds_together(self) -> "Definition":
        keys = Counter([f.key for f in self.fields] + [d.key for d in self.documents])
        taken = {PROOF, *(field.key for field in PERSON_STEP.fields)}
        twice = [key for key, count in keys.items() if count > 1 or key in taken]
        if twice or any(step.key == PERSON_STEP.key for step in self.steps):
            raise ValueError(f"keys used twice: {', '.join(twice) or PERSON_STEP.key}")
        earlier: set[str] = set()
        for field in self.fields:
            _known(field.shown_when, earlier)
            earlier.add(field.key)
        for document in self.documents:
            _known(document.shown_when, earlier)
        return self


def _words(wrong: Any) -> str:
    """What is wrong, in our own words where we have said it."""
    return str(wrong.get("ctx", {}).get("error") or wrong["msg"])


def _known(condition: Condition | None, earlier: set[str]) -> None:
    if condition and condition.field not in earlier:
        raise ValueError(f"{condition.field} is not a field that comes before")


def _without_kind(file: Mapping[str, Any]) -> dict[str, Any]:
    return {name: file[name] for name in file if name in Document.model_fields}
