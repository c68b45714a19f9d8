"""Lays out comparisons: one view, and from it the web page, the workbook, the tables and the JSON form."""
