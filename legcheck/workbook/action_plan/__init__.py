"""The Excel action plan: written from a plan, worked on by a ministry and an adviser, and read back."""
