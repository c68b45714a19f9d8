"""Pure judgement: from a checklist and answers to scores, gaps, plans and explanations. No files, no format libraries."""

from legcheck.analysis.agreement import agreement_of
from legcheck.analysis.choice import OutOfReachError, least_effort, most_gain
from legcheck.analysis.comparison import compare
from legcheck.analysis.consultation import with_comments
from legcheck.analysis.differences import differences, is_judged
from legcheck.analysis.explain import explain, figure_ids, figures_called
from legcheck.analysis.figures import score_all
from legcheck.analysis.gaps import find_gaps
from legcheck.analysis.judge import judge
from legcheck.analysis.merging import decided, merged
from legcheck.analysis.next_round import next_round
from legcheck.analysis.plan import carried_over, first_entries, make_plan, progress_of, scores_after
from legcheck.analysis.publishing import publishable
from legcheck.analysis.splitting import drawn, in_short, part_of, parts_by_chapter, parts_by_lead, parts_by_name
from legcheck.analysis.versions import changes_between, chapters_that_move, due_step, homes, migrated

__all__ = [
    "OutOfReachError", "agreement_of", "carried_over", "changes_between", "chapters_that_move", "compare", "decided",
    "differences", "drawn", "due_step", "explain", "figure_ids", "figures_called", "find_gaps", "first_entries", "homes",
    "in_short", "is_judged", "judge", "least_effort", "make_plan", "merged", "migrated", "most_gain", "next_round", "part_of",
    "parts_by_chapter", "parts_by_lead", "parts_by_name", "progress_of", "publishable", "score_all", "scores_after",
    "with_comments",
]  # fmt: skip
