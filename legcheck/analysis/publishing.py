"""What the public may see of a result: nothing in it rests on what is not for publication."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from legcheck.analysis.judge import judge
from legcheck.model import Answer, Edition, LawStatus

if TYPE_CHECKING:
    from legcheck.model import Result


def publishable(result: Result) -> Result:
    """The result judged again as if nobody had given the answers that are not for publication, which only their number tells of.

    A bill that is not for publication changes nothing either: what it would change would tell what is in it.
    """
    assessment = result.assessment
    bills = {key for key, law in assessment.laws.items() if not law.publish and law.may_come(assessment.as_of)}
    told = replace(
        assessment,
        answers={id: _told(result, one, bills) for id, one in assessment.answers.items()},
        laws={
            key: replace(law, status=LawStatus.REPEALED, in_force_since=None, in_force_until=None) if key in bills else law
            for key, law in assessment.laws.items()
        },
    )
    release = replace(result.release, edition=Edition.PUBLIC)
    return replace(judge(result.checklist, told, (), result.tool_version), release=release)


def _told(result: Result, answer: Answer, bills: set[str]) -> Answer:
    """An answer as it may be counted; one that cites such a bill only as it counts today.

    Of one not for publication its citations are kept for whoever edits the result, since others may not cite the same articles.
    """
    if not answer.publish:
        return Answer(answer.provision, citations=answer.all_citations, publish=False)
    if bills.isdisjoint(answer.cited_laws):
        return answer
    return replace(answer, if_adopted="", ratings={key: result.ratings[key][answer.provision] for key in answer.ratings})
