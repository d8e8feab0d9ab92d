"""Names of months as exports write them: English and the other languages of common exports.

A word means a month when it is the beginning (three letters or more) of that month's name in any
of the languages, and of no other month's in any of them: 'mai' is May, 'jui' (juin, juillet) is
none.
"""

import unicodedata

LANGUAGES = (
    "january february march april may june july august september october november december",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
OTHER = {"mrz": 3, "mrt": 3, "maerz": 3}
SHORTEST = 3


def plain(word: str) -> str:
    """Return a word without case, accents and full stops: 'Févr.' → 'fevr'."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in letters if letter.isalpha())


def _beginnings() -> dict[str, int]:
    meant: dict[str, set[int]] = {}
    for names in LANGUAGES:
        for number, name in enumerate(names.split(), start=1):
            for length in range(SHORTEST, len(name) + 1):
                meant.setdefault(name[:length], set()).add(number)
    alone = {word: min(numbers) for word, numbers in meant.items() if len(numbers) == 1}
    return alone | OTHER


MONTHS = _beginnings()


def month_of(word: str) -> int | None:
    """Return the number of the month that a word means; None for no month, or more than one."""
    return MONTHS.get(plain(word))
