"""Writes workbooks."""
