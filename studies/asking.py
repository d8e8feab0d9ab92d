"""What somebody means who types words into "Who do I ask". Pure.

Each word is taken for the first of these that it fits: a study, a site, a function or obligation, a
CRO, the subject of a contact. What fits nothing is said, not dropped in silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["study", "site", "function", "party", "subject"]
KINDS: tuple[Kind, ...] = ("study", "site", "function", "party", "subject")
SILENT = frozenset(
    {
        *("about", "ask", "at", "cro", "do", "does", "for", "from", "in", "is", "it", "of", "on"),
        *("a", "am", "an", "and", "are", "i", "me", "my", "or", "our", "site", "sites", "study"),
        *("the", "to", "trial", "we", "what", "when", "which", "who", "whom", "whose", "with"),
    }
)
MOST_WORDS = 12


@dataclass(frozen=True)
class Thing:
    """Something a word can mean, with the texts it goes by; `exact` ones by whole words only."""

    pk: int
    texts: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    def fits(self, word: str) -> bool:
        """Say whether a word of lower case names it; one or two letters only as a whole word."""
        if len(word) > 2 and any(word in text.lower() for text in self.texts):
            return True
        return any(word in text.lower().split() for text in (*self.texts, *self.exact))


@dataclass(frozen=True)
class Meant:
    """What the words mean: which numbers of each kind; `unknown` words fit nothing.

    Of a kind that no word means there is no entry. Several words of one kind mean what all of them
    fit, or what any of them fits where nothing fits all.
    """

    found: Mapping[Kind, frozenset[int]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def of(self, kind: Kind) -> frozenset[int] | None:
        """Return the numbers of a kind; None where no word is about it."""
        return self.found.get(kind)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that carry meaning, in lower case and each once."""
    words = (word.strip(".,;:!?\"'()[]") for word in text.lower().split())
    return tuple(dict.fromkeys(word for word in words if word and word not in SILENT))[:MOST_WORDS]


def meant(words: Iterable[str], things: Mapping[Kind, Iterable[Thing]]) -> Meant:
    """Take each word for a kind of thing."""
    hits: dict[Kind, list[frozenset[int]]] = {}
    unknown = []
    for word in words:
        for kind in KINDS:
            fitting = frozenset(thing.pk for thing in things.get(kind, ()) if thing.fits(word))
            if fitting:
                hits.setdefault(kind, []).append(fitting)
                break
        else:
            unknown.append(word)
    found = {
        kind: frozenset.intersection(*sets) or frozenset.union(*sets) for kind, sets in hits.items()
    }
    return Meant(found, tuple(unknown))


def shared_words(one: str, other: str) -> int:
    """Count the words of some length that two texts share: how close two subjects are."""
    return len(_stems(one) & _stems(other))


def _stems(text: str) -> frozenset[str]:
    """Cut words to their beginnings, so that "safety reports" is near "safety reporting"."""
    return frozenset(word[:6] for word in words_of(text.replace("-", " ")) if len(word) > 3)
