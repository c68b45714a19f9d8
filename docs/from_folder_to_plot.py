"""From a folder of workbooks to a plot: a notebook in the percent format, which is also a script."""

# %% [markdown]
# # From a folder of workbooks to a plot
#
# Run it as a script (`python docs/from_folder_to_plot.py [FOLDER [PICTURE]]`), or cell by cell in an editor that knows `# %%`.
# It draws with matplotlib, which legcheck does not bring along: `python -m pip install matplotlib`.

# %% The folder of assessments, and where the picture goes
import sys
from pathlib import Path

import matplotlib.pyplot as plt

import legcheck

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "assessments/samples")
picture = Path(sys.argv[2] if len(sys.argv) > 2 else "chapters.svg")

# %% Read everything. Files with errors do not stop the others: they are named.
comparison = legcheck.compare(folder)
for left_out in comparison.left_out:
    print(f"left out: {left_out.file}")

# %% The figures as a pandas frame: one row for each assessment, dimension and figure
scores = comparison.to_frame()
print(scores[["country_name", "as_of", "dimension", "node_title", "low", "central", "high"]].head())

# %% One assessment in detail: its gaps, the most urgent first
result = legcheck.assess(next(iter(sorted(folder.glob("XUT-2026*.xlsx"))), next(iter(sorted(folder.glob("*.xlsx"))))))
for gap in result.gaps[:3]:
    print(gap.provision, gap.kind.value, "".join(gap.missing))

# %% Law by chapter, national assessments only: readings of single texts say nothing about a whole legal order.
law = result.checklist.dimensions[0].key
chapters = scores[(scores["kind"] == "chapter") & (scores["dimension"] == law) & (scores["scope"] == "national")]
middle = chapters.groupby("node_title", sort=False)["central"].median().iloc[::-1]

# %% The plot
figure, axes = plt.subplots(figsize=(8, 6), layout="constrained")
axes.barh(middle.index, 100 * middle)
axes.set_xlim(0, 100)
axes.set_xlabel("median of the central figures, per cent")
axes.set_title("What national law provides for, by chapter")
figure.savefig(picture)
print(picture)
