"""The words of a company's name, and which of them only say what law it lives under."""

import re
import unicodedata
from collections.abc import Sequence

# Combining marks from this class on are accents; below they are vowels of other scripts.
_ACCENTS = 200

# Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)

# Endings and beginnings that say which law a company lives under, as `_words` writes them.
_FORMS = frozenset(
    part.strip()
    for part in """
    inc, incorporated, corp, corporation, co, company, llc, llp, lllp, lp, pllc, ltd, limited, plc,
    public limited company, limited liability company, limited partnership, cic, pty, pte, unltd,
    gmbh, mbh, ggmbh, ag, aktiengesellschaft, aktiengesellshaft, kg, kgaa, ohg, gbr, ug, ek, ev, eg,
    haftungsbeschrankt, gesellschaft mit beschrankter haftung, gesmbh, gesbr, kommanditgesellschaft,
    se, sce, sa, sas, sasu, sarl, eurl, sca, scs, snc, sci, societe anonyme, ste, nv, bv, bvba, srl,
    spa, sapa, soc coop, scarl, scrl, cvba, vof, sau, slu, sl, sociedad anonima, sociedad limitada,
    ltda, limitada, lda, eireli, epp, sgps, saic, sacif, saci, sab, sapi, sofom, cv, s en c, saa,
    sa de cv, sab de cv, sapi de cv, s de rl, s de rl de cv, sac, spr, eirl,
    ab, publ, aktiebolag, as, asa, ans, aps, amba, ks, oy, oyj, oy ab, osakeyhtio,
    ehf, hf, sro, spol, spol s ro, vos, ks, sp zoo, spzoo, sp z oo, spolka zoo, zoo,
    kft, zrt, nyrt, doo, ead, ood, eood, jdoo, sia, uab, ou, tov, sti,
    anonim sirketi, limited sirketi, san ve tic, ooo, oao, zao, pao, ao, ojsc, pjsc, jsc, cjsc,
    ооо, оао, зао, пао, ао, тов, αε, επε, εε, ике, ae, epe,
    kk, gk, yk, kabushiki kaisha, kabushiki gaisha, godo kaisha, yugen kaisha, sdn, bhd, sdn bhd,
    tbk, persero, pvt, pvt ltd, private limited, berhad, pcl, tnhh, jsc, fze, fzco,
    fz llc, wll, dmcc, saoc, saog, ltee, limitee, ulc
    """.replace("\n", " ").split(",")
)
_LONGEST_FORM = 5  # words
_IN_FRONT = frozenset(
    {
        "pt",
        "ab",
        "sarl",
        "eurl",
        "ooo",
        "oao",
        "zao",
        "pao",
        "ооо",
        "оао",
        "зао",
        "пао",
        "ао",
        "тов",
    }
)

# Forms that are written without a space to the name.
_ATTACHED = re.compile(
    "株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|유한회사|\\(株\\)|\\(주\\)"
)

# Words that join two names and may be written "&".
JOINING = frozenset({"and", "und", "et", "og", "och"})


def has_legal_form(name: str) -> bool:
    """Whether a name says which law it lives under, as companies' names do."""
    words = words_of(name)
    return bool(_ATTACHED.search(name)) or len(without_form(words)) < len(words)


def words_of(name: str) -> list[str]:
    """Words of letters, marks and digits in lower case, without a legal form in front.

    "S.A." and "S. A." are one word.
    """
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", _ATTACHED.sub(" ", plain))
    kept = (_kept(letter) for letter in apart if unicodedata.combining(letter) < _ACCENTS)
    words = "".join(kept).replace("'", "").split()
    form_in_front = len(words) > 1 and words[0] in _IN_FRONT
    return _letters_together(words[1:] if form_in_front else words)


def _kept(letter: str) -> str:
    """A letter, digit or mark; an apostrophe as ' whatever its shape; a space for all else."""
    if letter in "'’‘`´":
        return "'"
    return letter if unicodedata.category(letter)[0] in "LNM" else " "


def _letters_together(words: Sequence[str]) -> list[str]:
    """Words with every run of single letters as one word: s, a becomes sa."""
    result: list[str] = []
    for at, word in enumerate(words):
        single = len(word) == 1 and word.isalpha()
        if single and at and len(words[at - 1]) == 1 and words[at - 1].isalpha():
            result[-1] += word
        else:
            result.append(word)
    return result


def without_form(words: Sequence[str]) -> list[str]:
    """The words without legal forms at the end; at least one word is left."""
    rest = list(words)
    while (length := _ending(rest)) and length < len(rest):
        del rest[-length:]
    return rest


def _ending(words: Sequence[str]) -> int:
    """How many words at the end are a legal form, joining words before it included; 0 for none."""
    for length in range(min(_LONGEST_FORM, len(words)), 0, -1):
        if " ".join(words[-length:]) in _FORMS:
            return length
    return 1 if words and words[-1] in JOINING and len(words) > 2 else 0
