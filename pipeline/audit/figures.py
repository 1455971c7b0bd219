"""Findings about figures and dates: what one document says against itself."""

from __future__ import annotations

from itertools import chain

from pipeline.audit.days import impossible_dates
from pipeline.audit.lines import page_of
from pipeline.audit.model import Finding
from pipeline.audit.percentages.shares import wrong_percentages
from pipeline.audit.percentages.structure import wrong_structures
from pipeline.audit.reckonings.averages import wrong_averages
from pipeline.audit.reckonings.changes import wrong_changes
from pipeline.audit.reckonings.multiples import wrong_multiples
from pipeline.audit.reckonings.products import wrong_products
from pipeline.audit.reckonings.slipped_products import slipped_products
from pipeline.audit.statements.conflicts import conflicting_figures
from pipeline.audit.statements.restated import restated_figures
from pipeline.audit.statements.text_and_tables import unlike_tables
from pipeline.audit.statements.told import tells
from pipeline.audit.tables.check import wrong_tables
from pipeline.audit.totals.additions import wrong_additions
from pipeline.audit.totals.balances import wrong_balances
from pipeline.audit.totals.counted import wrong_counts
from pipeline.audit.totals.raised import wrong_raises
from pipeline.audit.totals.sums import wrong_sums
from pipeline.compare.model import Figure
from pipeline.model import Document


def audit_figures(document: Document, document_id: int, read: list[Figure] | None = None) -> list[Finding]:
    """The findings about a document's figures, in text order; ``quantity_ids`` are places in the document.

    ``read`` are its figures as comparisons read them, where they are read already.
    """
    page = page_of(document, document_id, read)
    checks = (
        wrong_percentages,
        wrong_changes,
        wrong_multiples,
        wrong_additions,
        wrong_sums,
        wrong_counts,
        wrong_raises,
        wrong_structures,
        wrong_products,
        wrong_averages,
        wrong_balances,
        wrong_tables,
        restated_figures,
        impossible_dates,
    )
    told = list(tells(page))
    alone = [found for check in checks for found in check(page)]
    untied = (found for found in slipped_products(page) if not any(_reckons_so(other, found) for other in alone))
    agreed = chain(conflicting_figures(page, told), unlike_tables(page, told))
    return sorted(chain(alone, untied, agreed), key=lambda f: f.start)


def _reckons_so(other: Finding, found: Finding) -> bool:
    """Whether a finding is about the reckoning that another one is about."""
    return other.finding == found.finding and other.start < found.end and found.start < other.end
