"""Which code page a few accented letters were written in: the one in which they read as words of a language."""

import re

SCRIPTS = {"LATIN": "A-Za-z\u00aa-\u024f\u1e00-\u1eff", "GREEK": "\u0370-\u03ff", "CYRILLIC": "\u0400-\u052f"}
_WESTERN = (
    "äöüßÄÖÜ", "àâçéèêëîïôùûœæÀÂÇÉÈÊÎÔ", "áéíóúñüÁÉÍÓÚÑ", "ãõáâàçéêíóôúÃÕÁÂÇÉÊÓ", "åäöøæÅÄÖØÆéü", "àèéìòùÀÈÉ",
)  # fmt: skip
_CENTRAL = (
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", "áäčďéíĺľňóôŕšťúýžČĎĽŠŤŽ", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "ăâîșțşţĂÂÎŞŢ", "čćđšžČĆĐŠŽ",
)  # fmt: skip
_TURKISH = ("çğıöşüâîÇĞİÖŞÜ",)
_CYRILLIC = ("".join(map(chr, range(0x410, 0x450))) + "ёЁіїєґІЇЄҐ",)
_GREEK = ("".join(map(chr, range(0x386, 0x3CF))),)
PAGES = {
    "cp1252": _WESTERN, "cp1250": _CENTRAL, "iso8859-2": _CENTRAL, "cp1254": _TURKISH, "cp1251": _CYRILLIC,
    "cp1253": _GREEK, "cp850": _WESTERN, "mac_roman": _WESTERN, "cp852": _CENTRAL, "koi8-r": _CYRILLIC,
    "cp866": _CYRILLIC, "cp932": (), "euc_kr": (),
}  # fmt: skip
"""The code pages that are tried, the likelier first, each with the letters of the languages written in it."""
SIGNS = frozenset("“”\u2018\u2019„\u201a\u2013—…€£§©®™°±²³µ·¼½¾«»¿¡•ªº\u00d7\u00a0\u00ad")
TOUCHING = frozenset("“”\u2018\u2019„\u201a«»¿¡™®©\u2013…ªº\u00a0")
"""Signs that may stand before or behind a letter."""
INSIDE = frozenset("\u2019·\u2013\u00ad\u00a0")
"""Signs that may stand between two letters."""
SURE = 0.9
"""Share of the accented letters that must read as words."""
_WORD = re.compile(r"[^\W\d_]+")
_HANGUL, _KANA = re.compile("[\uac00-\ud7a3]"), re.compile("[\u3040-\u30ff]")


def code_page_of(text: bytes) -> str | None:
    """The code page in which most accented letters of ``text`` stand in words of one script and case.

    ``score = share in such words x (1 + share in one language) / 2``; at a tie the first of :data:`PAGES`. None where
    no page makes words of 90 % of them.

    Example:
        >>> [code_page_of(word.encode(page)) for word, page in (
        ...     ("Käse", "cp1252"), ("Łódź", "iso8859-2"), ("Москва", "cp1251"), ("Müller", "cp850"))]
        ['cp1252', 'iso8859-2', 'cp1251', 'cp850']
    """
    scores = {page: _score(text, page) for page in PAGES}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= SURE / 2 else None


def _score(data: bytes, page: str) -> float:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return 0.0
    every = sum(not one.isascii() for one in text)
    if not PAGES[page]:
        return _eastern(text, page, every)
    sound = sum(_sound(word) for word in _WORD.findall(text)) + _signs(text)
    if sound < SURE * every:
        return 0.0
    known = max((sum(one in language for one in text) for language in PAGES[page]), default=0)
    return sound / every * (1 + known / every) / 2


def _eastern(text: str, page: str, every: int) -> float:
    """Korean is written in syllables; Japanese has some kana in any line that is long enough to tell."""
    if page == "euc_kr":
        hangul = len(_HANGUL.findall(text)) / every
        return hangul if hangul >= SURE else 0.0
    return 1.0 if len(_KANA.findall(text)) * 4 >= every else 0.0


def _sound(word: str) -> int:
    """How many accented letters of a word stand as they are written: one script, capitals in front or throughout."""
    accents = sum(not one.isascii() and one not in SIGNS for one in word)
    scripts = sum(bool(re.search(f"[{letters}]", word)) for letters in SCRIPTS.values())
    known = all(re.match(f"[{''.join(SCRIPTS.values())}]", one) for one in word)
    cased = word.isupper() or word.islower() or word[1:].islower() or len(word) == 1
    return accents if known and scripts == 1 and cased else 0


def _signs(text: str) -> int:
    """How many signs stand where signs do: beside a word, few of them in it."""
    found = 0
    for k, one in enumerate(text):
        if one in SIGNS:
            beside = [near.isalpha() and near not in SIGNS for near in (text[k - 1 : k], text[k + 1 : k + 2])]
            found += not any(beside) or one in INSIDE or (one in TOUCHING and not all(beside))
    return found
