"""A plan and what answers it, for people: charts, workbook, printable report."""

from pipeline.summary.folder import write_summary

__all__ = ["write_summary"]
