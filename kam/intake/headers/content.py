"""What a column without a telling name may hold, from its cells; a guess for a person to confirm.

Only what cells can really tell is guessed: names of companies, names of people, countries, and
answers. E-mail and web addresses are never taken for any of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kam.intake.figures import numbers
from kam.intake.headers.units import CODES
from kam.names.legal_forms import has_legal_form

# What stands in a cell of which nothing is known. "NA" is none of them: it is a name and a country.
FILLERS = frozenset(
    {
        *("n/a", "n.a.", "n. a.", "n/v", "k.a.", "k. a.", "k/a", "keine angabe", "not available"),
        *("-", "--", "---", "–", "—", ".", "..", "...", "…", "./.", "#", "null", "(null)"),
        *("(blank)", "(leer)", "(vide)", "(none)"),
    }
)

# Filled cells looked at, evenly spread over the column.
LOOKED_AT = 500

# Below this many filled cells nothing can be told.
FEWEST = 3

# Share of cells that must look alike. Shares; judged on the lists of customers that we know.
MOSTLY = 0.9
OFTEN = 0.6

# Names of customers hardly repeat, and of companies at least one in five shows its legal form.
# Origin: of 701 resellers 3 % do, of 1,320 listed companies 92 %; less than a fifth tells nothing.
NEARLY_UNIQUE = 0.9
WITH_LEGAL_FORM = 0.2

# An account owner looks after several customers: at most one name per this many cells.
CUSTOMERS_PER_OWNER = 3

_ADDRESS = re.compile(r"\S@\S|^https?://|^www\.", re.IGNORECASE)
_DAY = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|"
    r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01]))([T ][0-9:.+Z-]*)?",
    re.ASCII,
)
_CENTS = re.compile(r"\d[.,]\d{2}\)?( ?(€|\$|£|[A-Z]{3}))?-?$")
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*,?( [^\W\d_][\w.'’-]*){1,3}")

# First names that are common where our users work. A person is told from a kind of shop by them.
_COMMON_FIRST_NAMES = """
    adam alan alexander alexandra alice alicia amanda amy ana andrea andreas andrew angela anja
    anke ann anna anne annette anthony antonio barbara beate ben benjamin bernd bernhard birgit
    brian bruno carla carlos carmen carol caroline catherine charles charlotte chris christian
    christina christine christoph christopher claire claudia claus colin cornelia cynthia daniel
    daniela david deborah dennis diana diego dieter dirk donna edward elena elisabeth elizabeth
    emily emma eric eva fabian felix florian francesca frank franz gabriele gary george gerhard
    giulia giuseppe grace greg günter hannah hans harald heidi heike heinz helen helena helga
    henry holger ian ines ingrid irene isabel jack jacob james jan jane janet jason javier jean
    jennifer jens jessica joachim joan joanna johan johanna johannes john jonas jonathan jorge
    josé joseph juan julia julian julie jürgen karen karin karl katharina katherine kathrin kelly
    ken kenneth kevin kim klaus kurt lars laura lea lena leo leon linda lisa louis lucas lucia
    lukas luis maria marc marco margaret marie mario mark markus martha martin martina mary
    matthew matthias max melanie michael michaela michelle miguel mike monica monika nancy
    natalie nicholas nick nicole nina olaf oliver olivia pablo pamela patricia patrick paul paula
    pedro peter petra philip philipp pierre rachel rainer ralf ralph rebecca renate richard
    robert roberto roland rolf rosa ruth ryan sabine samuel sandra sara sarah scott sebastian
    sharon simon simone sofia sophie stefan stefanie stephan stephanie stephen steven susan
    susanne sven tanja teresa theresa thomas tim timothy tina tobias tom tony torsten udo ulrich
    ulrike ursula ute uwe valerie vera veronika victor victoria vincent walter werner william
    wolfgang yvonne
"""
_FIRST_NAMES = frozenset(_COMMON_FIRST_NAMES.split())

# ISO 3166-1 alpha-2, and the names that exports use in English and German.
_ISO_CODES = """
    AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ
    CA CD CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FO FR GA
    GB GD GE GH GI GL GM GN GQ GR GT GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE
    KG KH KM KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT
    MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PR PS PT PY QA RO RS RU RW SA
    SB SC SD SE SG SI SK SL SM SN SO SR SS SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW TZ UA UG UK
    US UY UZ VA VC VE VN VU WS XK YE ZA ZM ZW
    ARE ARG AUS AUT BEL BGR BRA CAN CHE CHL CHN COL CZE DEU DNK ESP EST FIN FRA GBR GRC HKG HRV
    HUN IDN IND IRL ISR ITA JPN KOR LTU LUX LVA MEX MYS NLD NOR NZL PHL POL PRT ROU RUS SAU SGP
    SRB SVK SVN SWE THA TUR TWN UKR USA VNM ZAF
"""
_COUNTRY_CODES = frozenset(_ISO_CODES.split())
_COUNTRY_NAMES = """
    argentina, australia, austria, belgium, brazil, bulgaria, canada, chile, china, colombia,
    croatia, czech republic, czechia, denmark, egypt, estonia, finland, france, germany, greece,
    hong kong, hungary, iceland, india, indonesia, ireland, israel, italy, japan, kenya, korea,
    latvia, liechtenstein, lithuania, luxembourg, malaysia, malta, mexico, morocco, netherlands,
    new zealand, nigeria, norway, pakistan, peru, philippines, poland, portugal, qatar, romania,
    russia, saudi arabia, serbia, singapore, slovakia, slovenia, south africa, south korea, spain,
    sweden, switzerland, taiwan, thailand, tunisia, turkey, türkiye, ukraine, united arab emirates,
    united kingdom, united states, united states of america, uruguay, venezuela, vietnam,
    argentinien, australien, belgien, brasilien, bulgarien, dänemark, deutschland, estland,
    finnland, frankreich, griechenland, großbritannien, indien, irland, island, italien, kanada,
    kroatien, lettland, litauen, luxemburg, mexiko, neuseeland, niederlande, norwegen, österreich,
    polen, rumänien, russland, schweden, schweiz, serbien, singapur, slowakei, slowenien, spanien,
    südafrika, südkorea, tschechien, tschechische republik, türkei, ungarn, vereinigte staaten,
    vereinigtes königreich, zypern, cyprus, the netherlands, great britain, england, scotland
"""
_COUNTRIES = frozenset(" ".join(_COUNTRY_NAMES.split()).split(", "))
_ANSWERS = frozenset({"yes", "no", "ja", "nein", "oui", "non", "y", "n", "unknown", "unbekannt"})

# What stands for an answer only where answers are expected.
_SIGNS_OF_ANSWERS = frozenset(
    {"true", "false", "wahr", "falsch", "vrai", "faux", "1", "0", "?", "inconnu"}
)


# Fields (keys) that people fill with words: a figure there, as growth in percent, may be meant for
# something else. Codes of industries and countries may be figures.
IN_WORDS = frozenset({"growth_potential", "market_position", "needs", "strategic_objectives"})


def is_filler(text: str) -> bool:
    """Whether a cell only says that nothing is known: "n/a", a dash."""
    return text.casefold() in FILLERS


def are_figures(header: str, cells: Sequence[str]) -> bool:
    """Whether nearly all cells of a column that tell anything are numbers."""
    return bool(figures(header, cells))


def are_companies(cells: Sequence[str]) -> bool:
    """Whether cells name companies, each another one, as no key does."""
    seen = _sample(cells)
    return _may_tell(seen) and _names_companies(seen) > 0


def may_answer(cells: Sequence[str]) -> bool:
    """Whether a cell answers yes or no, or no cell says anything."""
    told = [cell for cell in _sample(cells) if not is_filler(cell)]
    return not told or any(cell.casefold() in _ANSWERS | _SIGNS_OF_ANSWERS for cell in told)


def figures(header: str, cells: Sequence[str]) -> list[float]:
    """The numbers in cells of a column, evenly spread; none unless nearly all that tell are."""
    seen = _sample([cell for cell in cells if not is_filler(cell)])
    read = [value for value in numbers(header, seen).values if value is not None]
    return read if len(read) >= MOSTLY * len(seen) else []


class Guess(NamedTuple):
    """How sure (0-1) we are that a column holds what a target wants."""

    sure: float
    header: str
    target: str


def guesses(columns: Mapping[str, Sequence[str]]) -> tuple[Guess, ...]:
    """What columns may hold: name, owner, country, favours_us; date, amount, currency of a ledger.

    These are keys of targets. `columns` is header -> cells. A column may be guessed for several
    targets, and a target may be guessed for several columns; one single column of answers is
    guessed, of several none.
    """
    seen = {header: _sample(cells) for header, cells in columns.items()}
    told = {header: cells for header, cells in seen.items() if _may_tell(cells)}
    kinds = {
        "name": _names_companies,
        "owner": _names_people,
        "country": _names_countries,
        "date": _are_days,
        "amount": _are_amounts,
        "currency": _are_currencies,
    }
    found = [
        Guess(sure, header, target)
        for target, likeness in kinds.items()
        for header, cells in told.items()
        if (sure := likeness(cells))
    ]
    answered = [header for header, cells in told.items() if _share(cells, _is_answer) == 1]
    asked = [Guess(OFTEN, answered[0], "favours_us")] if len(answered) == 1 else []
    return (*found, *asked)


def _sample(cells: Sequence[str]) -> list[str]:
    filled = [cell for cell in cells if cell]
    return filled[:: max(1, len(filled) // LOOKED_AT)]


def _may_tell(cells: Sequence[str]) -> bool:
    return len(cells) >= FEWEST and not any(_ADDRESS.search(cell) for cell in cells)


def _share(cells: Sequence[str], holds: Callable[[str], object]) -> float:
    """Share of the cells of which `holds` is true."""
    return sum(1 for cell in cells if holds(cell)) / len(cells)


def _names_companies(cells: Sequence[str]) -> float:
    """Share with a legal form, if the cells hardly repeat; 0 if too few to tell."""
    share = _share(cells, has_legal_form)
    unique = len(set(cells)) >= NEARLY_UNIQUE * len(cells)
    return share if unique and share >= WITH_LEGAL_FORM else 0.0


def _names_people(cells: Sequence[str]) -> float:
    """Share that begins or ends with a common first name, if the names repeat; 0 if too few."""
    different = sorted(set(cells))
    repeats = 2 <= len(different) <= len(cells) / CUSTOMERS_PER_OWNER
    if not repeats or _share(different, _PERSON.fullmatch) < MOSTLY:
        return 0.0
    share = _share(different, _has_first_name)
    return share if share >= OFTEN else 0.0


def _has_first_name(cell: str) -> bool:
    words = cell.casefold().replace(",", " ").split()
    return bool(_FIRST_NAMES & {words[0], words[-1]})


def _names_countries(cells: Sequence[str]) -> float:
    """Share that are countries by name or code; 0 if below nine in ten."""
    share = _share(cells, _is_country)
    return share if share >= MOSTLY else 0.0


def _is_country(cell: str) -> bool:
    return cell in _COUNTRY_CODES or cell.casefold() in _COUNTRIES


def _are_days(cells: Sequence[str]) -> float:
    """Share that are written as days; 0 if below nine in ten."""
    share = _share(cells, _DAY.fullmatch)
    return share if share >= MOSTLY else 0.0


def _are_amounts(cells: Sequence[str]) -> float:
    """Share that are figures with two decimals, as money is; 0 if that are few, or not all read."""
    share = _share(cells, _CENTS.search)
    return share if share >= OFTEN and are_figures("", cells) else 0.0


def _are_currencies(cells: Sequence[str]) -> float:
    """1 if every cell is the code of a currency."""
    return float(all(cell in CODES for cell in cells))


def _is_answer(cell: str) -> bool:
    return cell.casefold() in _ANSWERS
