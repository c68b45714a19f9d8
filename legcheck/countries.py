"""Countries and territories by code: ISO 3166-1 alpha-3, ISO 3166-2 for subdivisions, ISO 3166-3 for former ones.

Codes that ISO leaves to users stand for fictional countries, or for other entities, which are real.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from legcheck.issues import Issues
from legcheck.model import Kind
from legcheck.resources import bundled
from legcheck.words import fold

# The codes that ISO 3166-1 leaves to users: no State will ever have them.
_USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
# How alike a name typed and the name of a country must be for the country to be suggested.
_ALIKE = 0.8


@dataclass(frozen=True)
class Country:
    """A country or territory. One with a code left to users has no name of its own here."""

    code: str
    alpha_2: str = ""
    subdivision: str = ""
    former: str = ""

    @property
    def user_assigned(self) -> bool:
        """Whether its code is left to users, who name what it stands for."""
        return not self.alpha_2 and not self.former

    def name(self, language: str) -> str:
        """The usual name in a language, the own name of a subdivision or a former country, or the code if it is left to users."""
        if self.former or not self.alpha_2:
            return self.former or self.code
        from babel import Locale

        country = str(Locale.parse(language).territories.get(self.alpha_2, self.code))
        return f"{self.subdivision}, {country}" if self.subdivision else country


@cache
def find(code: str) -> Country:
    """The country with an alpha-2, alpha-3 or ISO 3166-2 code, in upper or lower case, or a former one by its alpha-3 code.

    Raises:
        KeyError: no country or territory has this code, and it is not one left to users.
    """
    import pycountry

    wanted = code.strip().upper()
    if "-" in wanted:
        found = pycountry.subdivisions.get(code=wanted)
        if found is None:
            raise KeyError(code)
        return Country(wanted, found.country_code, found.name)
    if _USER_ASSIGNED.fullmatch(wanted):
        return Country(wanted)
    country = pycountry.countries.get(alpha_2=wanted) or pycountry.countries.get(alpha_3=wanted)
    if country is not None:
        return Country(country.alpha_3, country.alpha_2)
    former = pycountry.historic_countries.get(alpha_3=wanted)
    if former is None:
        raise KeyError(code)
    return Country(wanted, former=former.name)


def is_fictional(code: str, kind: Kind) -> bool:
    """Whether an assessment of this kind is about a fictional country: other entities are real."""
    return find(code).user_assigned and kind is not Kind.OTHER


def exists(code: str) -> bool:
    """Whether `find` knows a code."""
    try:
        return bool(find(code))
    except KeyError:
        return False


def region(code: str) -> tuple[str, str]:
    """The region and subregion of a country, or of a subdivision's country, in English; both empty if it belongs to none.

    Source: United Nations standard M49, as kept in ``reports/regions.yaml``.
    """
    country = find(code)
    if not country.alpha_2:
        return "", ""
    return _regions().get(country.code if not country.subdivision else find(country.alpha_2).code, ("", ""))


@cache
def _regions() -> dict[str, tuple[str, str]]:
    """Region and subregion by alpha-3 code."""
    from legcheck.yaml_text import read_yaml

    tree: Any = read_yaml(bundled("reports/regions.yaml"), Issues()).tree
    return {code: (region, below) for region, areas in tree.items() for below, codes in areas.items() for code in codes}


def suggest(typed: str) -> str:
    """The code of the country whose name was probably typed, or two, as ``COD|COG`` for "Congo"; empty if it is unclear.

    A wrong code suggests none: codes that are alike belong to countries that are not.
    """
    names, wanted = _names(), fold(typed)
    if names.get(wanted) == "" or not wanted:
        return ""
    meant = ({usual[wanted]} if wanted in usual else _beginning(wanted, usual) for usual in _usual_names())
    begin = set[str]().union(*meant) or _beginning(wanted, names)
    near = {names[name] for name in get_close_matches(wanted, names, n=2, cutoff=_ALIKE)}
    codes, most = (begin, 2) if begin else (near, 1)
    return "|".join(sorted(codes)) if len(codes) <= most else ""


def _beginning(wanted: str, names: dict[str, str]) -> set[str]:
    """The codes of the countries whose names begin so."""
    return {code for name, code in names.items() if code and re.match(rf"{re.escape(wanted)}\b", name)}


@cache
def _usual_names() -> tuple[dict[str, str], ...]:
    """Codes by the names that countries usually have, for each language of the labels; "Congo" is one country in some of them."""
    import pycountry
    from babel import Locale

    languages = [folder.name for folder in bundled("reports/labels").iterdir() if folder.is_dir()]
    spoken = [Locale.parse(language).territories for language in languages]
    return tuple(
        {fold(str(names[one.alpha_2])): one.alpha_3 for one in pycountry.countries if one.alpha_2 in names} for names in spoken
    )


@cache
def _names() -> dict[str, str]:
    """Codes by name; what is the name of a region, or of several countries, has an empty one."""
    import pycountry

    names = {name: code for usual in _usual_names() for name, code in usual.items()}
    for country in pycountry.countries:
        own = (getattr(country, field, "") for field in ("name", "common_name", "official_name"))
        for name in {fold(name) for name in own if name}:
            names[name] = "" if names.get(name, country.alpha_3) != country.alpha_3 else country.alpha_3
    return (
        names | {fold(former.name): "" for former in pycountry.historic_countries} | {fold(name): "" for name in _region_names()}
    )


def _region_names() -> set[str]:
    return {name for areas in _regions().values() for name in areas}
