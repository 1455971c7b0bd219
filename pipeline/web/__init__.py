"""The web pages: ``vanban serve``. Thin, like the command line: they ask the store's queries and show the answers.

``app`` puts them together; ``lists``, ``reading`` and ``uploads`` answer requests, ``guard`` decides who may ask.
"""
