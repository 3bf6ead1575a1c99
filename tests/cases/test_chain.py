"""The hash chain: any change, gap or cut tail shows, whatever was recorded."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from silah.cases import chain

CASE = UUID(int=7)


@dataclass(frozen=True)
class Entry:
    case_id: UUID
    seq: int
    at: datetime
    verb: str
    actor_id: UUID | None
    data: dict[str, Any]
    private: bool
    before: str
    hash: str = ""


def chained(facts: list[tuple[str, dict[str, Any], bool]]) -> list[Entry]:
    entries: list[Entry] = []
    for seq, (verb, data, private) in enumerate(facts, 1):
        before = entries[-1].hash if entries else ""
        entry = Entry(CASE, seq, datetime(2026, 1, 1, tzinfo=UTC), verb, None, data, private, before)
        hashed = {name: value for name, value in vars(entry).items() if name != "hash"}
        entries.append(replace(entry, hash=chain.link(**hashed)))
    return entries


JSON = st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=8), st.booleans(), st.none()))
FACTS = st.lists(st.tuples(st.text(min_size=1, max_size=10), JSON, st.booleans()), min_size=1, max_size=8)


def check(entries: list[Entry], head: list[Entry]) -> list[str]:
    return chain.faults(entries, len(head), head[-1].hash)


class TestChain:
    @given(FACTS)
    def test_an_intact_one_has_no_faults(self, facts):
        entries = chained(facts)
        assert check(entries, entries) == []

    @given(FACTS, st.data())
    def test_an_altered_entry_shows(self, facts, data):
        entries = chained(facts)
        at = data.draw(st.integers(0, len(entries) - 1))
        forged = [*entries]
        forged[at] = replace(entries[at], verb=entries[at].verb + "!")
        assert check(forged, entries)

    @given(FACTS, st.data())
    def test_a_removed_entry_shows(self, facts, data):
        entries = chained(facts)
        at = data.draw(st.integers(0, len(entries) - 1))
        assert check(entries[:at] + entries[at + 1 :], entries)

    @given(FACTS)
    def test_a_forged_tail_shows_in_the_head(self, facts):
        entries = chained(facts)
        longer = chained([*facts, ("forged", {}, False)])
        assert check(longer, entries)

    def test_equal_data_in_another_order_have_one_hash(self):
        assert chain.canonical({"a": 1, "ب": 2}) == chain.canonical({"ب": 2, "a": 1})
