"""Renders results: Word, web page, Excel, JSON and terminal, all from one view."""
