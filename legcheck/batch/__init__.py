"""Reads many files at once: found in folders, read in processes or on a cluster, remembered by their content."""

from legcheck.batch.gather import Gathered, gather
from legcheck.batch.work import Reader

__all__ = ["Gathered", "Reader", "gather"]
