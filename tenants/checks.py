"""The policy checker: what is missing, unclear or contradictory in a policy, before it is approved.

Pure: who holds which role is passed in. An error stops approval, a warning asks for a reason, a note only tells.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tenants.check_words import BOUND_WORDS, WORDS
from tenants.clauses import clauses_of, setting_of, skipped_letters, texts_of
from tenants.policy import Policy
from tenants.policy_labels import label, value_words
from tenants.texts import Text, join_words

_NEVER_BLANK = frozenset({"title", "name", "text", "heading", "general"})

Severity = Literal["error", "warning", "note"]
Path = tuple[int | str, ...]


@dataclass(frozen=True)
class Finding:
    """One thing found: its code, how grave it is, the path of the setting, and what to say in both languages."""

    code: str
    severity: Severity
    where: Path
    text: Text


def check(
    policy: Policy, held: Collection[str] | None = None, names: Mapping[str, Text] | None = None
) -> tuple[Finding, ...]:
    """Everything found, errors first.

    ``held`` are the keys of roles that somebody holds; None leaves the question of holders out. ``names`` are the
    names of roles, by key.
    """
    found = [finding for look in _LOOKS for finding in look(policy)]
    if held is not None:
        found += _vacant(policy, held, names or {})
    order = ("error", "warning", "note")
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def approvable(findings: Collection[Finding]) -> bool:
    """True where no finding stops approval."""
    return not any(finding.severity == "error" for finding in findings)


def sits_on(role: str, body: str) -> bool:
    """Whether a role is this body, or one of a committee's: research_committee_chair."""
    return role == body or role.startswith(f"{body}_")


def _finding(code: str, where: Path, **said: str) -> Finding:
    severity, arabic, english = WORDS[code]
    return Finding(code, severity, where, Text(ar=arabic.format(**said), en=english.format(**said)))


def _reply_period(policy: Policy) -> Iterator[Finding]:
    period = policy.reply_period
    if period.bound == "floor" and period.target is None:
        yield _finding("floor_without_target", ("reply_period", "target"))
    if period.starts is None:
        yield _finding(f"start_not_said_{period.counts_from}", ("reply_period", "starts"))


def _control(policy: Policy) -> Iterator[Finding]:
    board, control = policy.control.board, policy.control
    if board is not None and board.on is None:
        yield _finding("board_date_blank", ("control", "board", "on"))
    if board is None and "board" in control.chain:
        yield _finding("board_session_missing", ("control", "board"))
    for name in ("issued_printed", "amended_printed"):
        digits = {int(sign) for sign in getattr(control, name) if sign.isdecimal()}
        if digits == {0}:
            yield _finding("zero_date", ("control", name), printed=getattr(control, name))
    if control.ratification is not None and control.ratification.on is None:
        yield _finding("not_ratified", ("control", "ratification"))


def _channels(policy: Policy) -> Iterator[Finding]:
    for index, channel in enumerate(policy.channels):
        if not channel.retired and not channel.owner:
            name = {"ar_name": channel.name.for_locale("ar"), "en_name": channel.name.for_locale("en")}
            yield _finding("channel_without_owner", ("channels", index, "owner"), **name)
    if not policy.outbound_channels:
        yield _finding("no_outbound_channel", ("channels",))
    if not policy.inbound_channels:
        yield _finding("no_inbound_channel", ("channels",))
    for index, key in enumerate(policy.complaints.channels):
        known = policy.channel(key)
        if known is None or known.retired:
            yield _finding("unknown_channel", ("complaints", "channels", index), key=key)


def _steps(policy: Policy) -> Iterator[Finding]:
    kinds = [step.kind for step in policy.steps]
    for index, kind in enumerate(kinds):
        if kind in kinds[:index]:
            yield _finding("step_repeated", ("steps", index))
    if "study" not in kinds:
        yield _finding("nobody_studies", ("steps",))
    if policy.studied_by_committee and policy.committee(str(policy.studied_by)) is None:
        body = value_words(str(policy.studied_by))
        yield _finding("unknown_committee", ("committees",), ar_name=body.ar, en_name=body.en)


def _committees(policy: Policy) -> Iterator[Finding]:
    for index, committee in enumerate(policy.committees):
        name = {"ar_name": committee.name.for_locale("ar"), "en_name": committee.name.for_locale("en")}
        if committee.quorum is None:
            yield _finding("no_quorum", ("committees", index, "quorum"), **name)
        elif committee.quorum != "all" and committee.quorum_value is None:
            yield _finding("quorum_without_number", ("committees", index, "quorum_value"), **name)


def _letters(policy: Policy) -> Iterator[Finding]:
    letters = [section.letter for section in policy.sections]
    for index, letter in enumerate(letters):
        if letter and letter in letters[:index]:
            yield _finding("letter_repeated", ("sections", index, "letter"), letter=letter)
    if skipped := skipped_letters(policy):
        yield _finding(
            "letter_skipped", ("sections",), ar_letters=join_words(skipped, "ar"), en_letters=join_words(skipped, "en")
        )


def _languages(policy: Policy) -> Iterator[Finding]:
    for path, text in texts_of(policy):
        if len(text.missing) == 1:
            yield _finding(f"no_{text.missing[0]}", path, ar_name=label(path).ar, en_name=label(path).en)
        elif text.missing and path[-1] in _NEVER_BLANK:
            yield _finding("no_text", path, ar_name=label(path).ar, en_name=label(path).en)


def _contradictions(policy: Policy) -> Iterator[Finding]:
    for path, clause in clauses_of(policy):
        for setting, said in clause.says.items():
            actual = setting_of(policy, setting)
            if actual != said:
                name, wrote, stands = label(setting.split(".")), value_words(said), value_words(actual)
                yield _finding(
                    "clause_contradicts",
                    path,
                    ar_name=name.ar,
                    en_name=name.en,
                    ar_said=wrote.ar,
                    en_said=wrote.en,
                    ar_actual=stands.ar,
                    en_actual=stands.en,
                )


def _bound_wording(policy: Policy) -> Iterator[Finding]:
    """A reply step whose words are those of the other bound, whatever it declares."""
    for index, step in enumerate(policy.steps):
        said = {bound for bound, words in BOUND_WORDS.items() if any(word in _plain(step.text) for word in words)}
        if step.kind in ("study", "reply") and said and policy.reply_period.bound not in said:
            bound = value_words(policy.reply_period.bound)
            yield _finding("bound_wording", ("steps", index, "text"), ar_actual=bound.ar, en_actual=bound.en)


def _plain(text: Text) -> str:
    return f"{text.ar} {text.en.lower()}"


def _vacant(policy: Policy, held: Collection[str], names: Mapping[str, Text]) -> Iterator[Finding]:
    """Roles and bodies that the policy relies on and that nobody holds."""
    steps = list(enumerate(policy.steps))
    wanted: list[tuple[Path, str | None]] = [
        *((("steps", index, "to"), step.to) for index, step in steps if step.kind == "refer_unclear"),
        *(
            (("steps", index, "matters", place, "to"), matter.to)
            for index, step in steps
            if step.kind == "refer_unclear"
            for place, matter in enumerate(step.matters)
        ),
        *((("steps", index, "by"), step.by) for index, step in steps if step.kind == "study"),
        (("complaints", "body"), policy.complaints.body),
        (("compensation", "body"), policy.compensation.body if policy.compensation else None),
    ]
    for path, body in wanted:
        if body and not any(sits_on(role, body) for role in held):
            yield _finding("nobody_holds", path, **_named(body, policy, names))
    owners: dict[str, Path] = {}
    for index, channel in enumerate(policy.channels):
        if channel.owner and not channel.retired:
            owners.setdefault(channel.owner, ("channels", index, "owner"))
    for owner, path in owners.items():
        if not any(sits_on(role, owner) for role in held):
            yield _finding("owner_vacant", path, **_named(owner, policy, names))


def _named(key: str, policy: Policy, names: Mapping[str, Text]) -> dict[str, str]:
    """A role's or committee's name in both languages, or its key where neither is known."""
    committee = policy.committee(key)
    name = committee.name if committee else names.get(key, Text(ar=key, en=key))
    return {"ar_name": name.for_locale("ar"), "en_name": name.for_locale("en")}


_LOOKS: tuple[Callable[[Policy], Iterator[Finding]], ...] = (
    _reply_period,
    _control,
    _channels,
    _steps,
    _committees,
    _letters,
    _languages,
    _contradictions,
    _bound_wording,
)
