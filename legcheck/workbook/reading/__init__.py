"""Reads workbooks and answers tables."""
