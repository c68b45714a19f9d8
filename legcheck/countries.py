"""Countries and territories by code: ISO 3166-1 alpha-3, ISO 3166-2 for subdivisions, user-assigned codes for fictional ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from legcheck.issues import Issues, closest
from legcheck.resources import bundled

# The codes that ISO 3166-1 leaves to users: no State will ever have them.
_USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")


@dataclass(frozen=True)
class Country:
    """A country or territory. A fictional one has no name of its own here."""

    code: str
    alpha_2: str = ""
    subdivision: str = ""

    @property
    def fictional(self) -> bool:
        return not self.alpha_2

    def name(self, language: str) -> str:
        """The usual name in a language, the subdivision's own name if the code is one, or the code of a fictional country."""
        if self.fictional:
            return self.code
        from babel import Locale

        country = str(Locale.parse(language).territories.get(self.alpha_2, self.code))
        return f"{self.subdivision}, {country}" if self.subdivision else country


@cache
def find(code: str) -> Country:
    """The country with an alpha-2, alpha-3 or ISO 3166-2 code, in upper or lower case.

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
    if country is None:
        raise KeyError(code)
    return Country(country.alpha_3, country.alpha_2)


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
    if country.fictional:
        return "", ""
    return _regions().get(country.code if not country.subdivision else find(country.alpha_2).code, ("", ""))


@cache
def _regions() -> dict[str, tuple[str, str]]:
    """Region and subregion by alpha-3 code."""
    from legcheck.yaml_text import read_yaml

    tree: Any = read_yaml(bundled("reports/regions.yaml"), Issues()).tree
    return {code: (region, below) for region, areas in tree.items() for below, codes in areas.items() for code in codes}


def suggest(code: str) -> str:
    """The code that was probably meant, of a country with a similar name or code; empty if there is none."""
    import pycountry

    wanted = code.strip()
    names = {country.name: country.alpha_3 for country in pycountry.countries}
    names |= {country.common_name: country.alpha_3 for country in pycountry.countries if hasattr(country, "common_name")}
    near_name = closest(wanted, names)
    if near_name:
        return names[near_name]
    return closest(wanted, [country.alpha_3 for country in pycountry.countries]) if len(wanted) == 3 else ""
