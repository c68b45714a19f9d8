"""Pure judgement: from a checklist and answers to scores, gaps and explanations. No files, no libraries of formats."""

from legcheck.analysis.explain import explain, figure_ids
from legcheck.analysis.gaps import find_gaps
from legcheck.analysis.judge import judge
from legcheck.analysis.scores import score_all

__all__ = ["explain", "figure_ids", "find_gaps", "judge", "score_all"]
