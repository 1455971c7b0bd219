"""The command line: ``vanban COMMAND``. Thin: it reads options, asks the store's queries, and prints.

Heavy modules are imported inside the commands, so that ``vanban --help`` starts at once.
"""

from pipeline.cli.app import cli
from pipeline.cli.audit import audit
from pipeline.cli.catalogue import catalogue
from pipeline.cli.compare import compare, overview, summary
from pipeline.cli.doctor import doctor
from pipeline.cli.eval import evaluate
from pipeline.cli.export import export
from pipeline.cli.extract import extract
from pipeline.cli.ingest import ingest
from pipeline.cli.lists import citations, documents, errors, search, status, tasks
from pipeline.cli.review import review
from pipeline.cli.serve import serve, users
from pipeline.cli.show import show

__all__ = ["cli"]

for command in (
    extract,
    ingest,
    status,
    errors,
    documents,
    show,
    tasks,
    citations,
    audit,
    catalogue,
    compare,
    overview,
    summary,
    search,
    review,
    export,
    serve,
    users,
    evaluate,
    doctor,
):
    cli.add_command(command)
