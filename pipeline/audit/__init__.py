"""The audit: is each cited decree the right one and in force, and do the figures agree with themselves?

``law`` judges what a document cites. ``figures`` asks all checks of figures: ``percentages`` and ``totals`` of the
text, ``reckonings`` (products, changes), ``tables`` against themselves, ``statements`` that tell one thing twice.
Every finding carries its evidence; where nothing is certain, nothing is said.
"""
