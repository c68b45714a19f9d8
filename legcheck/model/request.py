"""What is asked of a comparison."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """What is asked of a comparison. `groups` is ``regions``, ``subregions``, the path of a table of groups, or empty.

    `rescored` says that all assessments are judged by one version of the checklist; `draws` and `seed` are those of robustness;
    `marking` stands on every page.
    """

    anonymous: bool = False
    groups: str = ""
    rescored: bool = False
    draws: int = 0
    seed: int = 1
    marking: str = ""
