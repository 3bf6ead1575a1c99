"""What came with a round's answers in words and files, as it may be shown, and a search among what is shown.

Rating is a tool for correction, "not for punishment or defamation", so a text names nobody, and nobody is known by it:
names of staff, numbers and addresses are taken out, and so is a word that may be a name or not. A search reads the
texts as they are shown: it finds nothing that the page does not show without it.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby

from sqlalchemy import select

from silah.language.text_normalization import fold
from silah.organisation.models import Membership
from silah.surveys.models import SurveyResponse, SurveyRound
from silah.surveys.results import Finding
from tenants.database import db

MASK = "•••"
SHORTEST_NAME = 2
SHORT_NAME = 3
"""Shorter names stand alone or behind one of a few prefixes, else every second word would be taken for one."""
NUMBER = re.compile(r"[+(]?\d(?:[\W_ـ]{0,3}\d){2,}")
ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|@\w{3,}")
WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u065f\u0670ـ]*[^\W\d_]*)*")
TOKEN = re.compile(rf"\d+|{WORD.pattern}")
SERVANT = re.compile(r"\b([وفبلك]?ع[\u064b-\u065fـ]*ب[\u064b-\u065fـ]*د[\u064b-\u065fـ]*)\s+(?=ال)")
"""عبد, written apart from the name of God that follows it: one name."""
CARRIED = ("", "و", "ف", "يا"), ("", "ب", "ل", "ك"), ("", "ال")
BEFORE = frozenset(a + b + c for a in CARRIED[0] for b in CARRIED[1] for c in CARRIED[2]) | {"لل", "ولل", "فلل"}
LONGEST_BEFORE = max(map(len, BEFORE))
BEFORE_SHORT = frozenset({"", "و", "ل", "ب", "ول", "وب", "يا"})
BEHIND_FAMILY = ("", "ه", "ون", "ين")
IN_NAMES = frozenset(fold(one) for one in ("بن", "بنت", "ابن", "عبد", "آل", "أبو", "أم", "bin", "bint", "abu", "al"))
PLAIN = frozenset({"على", "وعلى", "فعلى", "الله", "لله", "والله", "بالله"})
"""Words that only look like a name: the preposition beside علي, and what عبدالله leaves."""
_DIGITS = """
صفر واحد واحدة اثنان اثنين ثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثمان تسعة تسع
zero oh one two three four five six seven eight nine double
"""
DIGITS = frozenset(fold(_DIGITS).split())
FEWEST_DIGITS, FEWEST_LETTERS = 4, 2


def names(people: Iterable[str]) -> frozenset[str]:
    """The parts of these people's names by which a text could point at them."""
    parts = {part for name in people for part in re.split(r"[\s\-'_.,]+", SERVANT.sub(r"\1", fold(name)))}
    parts |= {part.removeprefix("عبد") for part in parts if part.startswith("عبدال")}
    families = {part.removeprefix("ال") for part in parts if part.startswith("ال") and len(part) > SHORT_NAME + 1}
    parts |= families | {part + end for part in families if part.endswith("ي") for end in BEHIND_FAMILY}
    return frozenset(part for part in parts if len(part) >= SHORTEST_NAME and part not in IN_NAMES)


def masked(text: str, hidden: frozenset[str]) -> str:
    """The text with numbers of three digits and more, addresses, and these parts of names taken out.

    Numbers in words and names letter by letter, too; invisible signs, by which a word could be parted, are left out.
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if not _unseen(sign))
    bare = NUMBER.sub(MASK, ADDRESS.sub(MASK, SERVANT.sub(r"\1", seen)))
    bare = _without(bare, _is_digit, lambda run: len(run) >= FEWEST_DIGITS)
    bare = _without(bare, _is_letter, lambda run: len(run) >= FEWEST_LETTERS and _names("".join(run), hidden))
    bare = WORD.sub(lambda word: MASK if _names(word[0], hidden) else word[0], bare)
    return re.sub(rf"{MASK}(?:\s+{MASK})+", MASK, bare)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def _unseen(sign: str) -> bool:
    """Whether a sign is invisible by itself, or only frames the one before it."""
    return unicodedata.category(sign) in ("Cf", "Me") or "\ufe00" <= sign <= "\ufe0f"


def _names(word: str, hidden: frozenset[str]) -> bool:
    folded = _folded(word)
    if word in PLAIN:
        return False
    for cut in range(min(LONGEST_BEFORE + 1, len(folded))):
        before, left = folded[:cut], folded[cut:]
        if left in hidden and before in BEFORE and (len(left) >= SHORT_NAME or before in BEFORE_SHORT):
            return True
    return False


def _without(text: str, wanted: Callable[[str], bool], enough: Callable[[list[str]], bool]) -> str:
    """The text without runs of wanted words that are enough together."""
    gone = []
    for is_wanted, several in groupby(TOKEN.finditer(text), lambda token: wanted(token[0])):
        run = list(several)
        if is_wanted and enough([token[0] for token in run]):
            gone.append((run[0].start(), run[-1].end()))
    for start, end in reversed(gone):
        text = f"{text[:start]}{MASK}{text[end:]}"
    return text


def _is_digit(word: str) -> bool:
    folded = _folded(word)
    return word.isdecimal() or folded in DIGITS or folded.removeprefix("و") in DIGITS


def _is_letter(word: str) -> bool:
    return len(_folded(word)) == 1 and word.isalpha()


READ_AT_MOST, SEARCHED_AT_MOST, AT_ONCE = 1000, 50_000, 1000
"""How many people's texts are shown, drawn by lot where there are more; and among how many a search looks."""
LONGEST_SEARCH = 100
Texts = dict[str, list[str]]


def texts(found: SurveyRound, seen: list[Finding], sought: str = "") -> Texts:
    """What was written, by question, where enough wrote: names and numbers taken out, in the order of the alphabet.

    Where words are ``sought``, texts without them are left out.
    """
    wanted = {one.key for one in seen if one.n is not None and one.question.kind in ("short", "long")}
    if not wanted:
        return {}
    hidden = names(db.session.scalars(select(Membership.name)))
    words = _words(sought)
    rows = select(SurveyResponse.texts).where(SurveyResponse.round_id == found.id).order_by(SurveyResponse.id)
    some = rows.limit(SEARCHED_AT_MOST if words else READ_AT_MOST).execution_options(yield_per=AT_ONCE)
    kept: Texts = {key: [] for key in wanted}
    for row in db.session.scalars(some):
        for key, text in json.loads(row).items():
            if key in wanted and len(kept[key]) < READ_AT_MOST and _has(fold(text), words):
                kept[key].append(masked(text, hidden))
    return {key: sorted(several, key=fold) for key, several in kept.items()}


def search(shown: Texts, wanted: str) -> Texts:
    """Of the texts that are shown, those in which all these words stand, however they are spelt."""
    words = _words(wanted)
    return {key: [text for text in several if _has(fold(text), words)] for key, several in shown.items()}


def files(found: SurveyRound, seen: list[Finding]) -> dict[str, list[str]]:
    """The files that came with answers, by question, where enough sent one; an anonymous round takes none."""
    wanted = [one.key for one in seen if one.n is not None and one.question.kind == "file"]
    mine = (SurveyResponse.round_id == found.id,)
    kept = {}
    for key in wanted:
        rows = select(SurveyResponse.answers[key].astext).where(*mine, SurveyResponse.answers.has_key(key))
        kept[key] = [str(one) for one in db.session.scalars(rows.order_by(SurveyResponse.id).limit(READ_AT_MOST))]
    return kept


def _words(wanted: str) -> list[str]:
    return fold(wanted[:LONGEST_SEARCH]).split()


def _has(folded: str, words: list[str]) -> bool:
    return all(word in folded for word in words)
