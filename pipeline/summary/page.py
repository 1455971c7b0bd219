"""A summary as one web page that prints well: no script, no file beside it, every figure linked to its source words."""

from __future__ import annotations

from html import escape

from pipeline.summary.blocks import Block, Cell, Grid, Heading, Linked, Picture, Said, Source, Summary

_STYLE = """
body { font: 15px/1.5 'Times New Roman', 'Liberation Serif', serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.3rem; text-align: center; } h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; }
.subject { text-align: center; font-weight: bold; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { border: 1px solid #888; padding: .25rem .5rem; vertical-align: top; overflow-wrap: break-word; }
th { background: #eef2f6; } td.number { text-align: right; white-space: nowrap; }
td { white-space: pre-line; } a { color: #1f5fa8; text-decoration: none; } a:hover { text-decoration: underline; }
svg { max-width: 100%; height: auto; } mark { background: #fff0a8; } li { margin-bottom: .4rem; }
li:target { background: #fff8dc; } .source { color: #555; }
@page { size: A4; margin: 20mm 15mm 20mm 30mm; }
@media print { body { margin: 0; max-width: none; } tr, svg { break-inside: avoid; } h2, h3 { break-after: avoid; } }
"""


def as_page(made: Summary) -> str:
    """The page, whole."""
    sources = "\n".join(f'<li id="nguon-{i}">{_source(s)}</li>' for i, s in enumerate(made.sources, 1))
    body = "\n".join(map(_block, made.blocks))
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(made.title)}</title><style>{_STYLE}</style></head><body>
<h1>{escape(made.title)}</h1>
<p class="subject">{escape(made.subject)}</p>
{body}
<h2>NGUỒN</h2>
<ol>
{sources}
</ol>
</body></html>
"""


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Said():
            return f"<p>{escape(block.text)}</p>"
        case Picture():
            return block.drawing.svg()
        case Grid():
            return _grid(block)


def _grid(grid: Grid) -> str:
    heads = "".join(f"<th>{escape(h)}</th>" for h in grid.heads)
    rows = "\n".join(f"<tr>{''.join(_cell(c, i in grid.numeric) for i, c in enumerate(row))}</tr>" for row in grid.rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _cell(cell: Cell, numeric: bool) -> str:
    words = escape(cell.text if isinstance(cell, Linked) else cell)
    if isinstance(cell, Linked):
        words = f'<a href="#nguon-{cell.source}">{words}</a>'
    return f'<td class="number">{words}</td>' if numeric else f"<td>{words}</td>"


def _source(s: Source) -> str:
    before, meant, after = s.text[: s.start], s.text[s.start : s.end], s.text[s.end :]
    marked = f"<mark>{escape(meant)}</mark>" if meant else ""
    return f'<span class="source">{escape(s.label)}:</span> “{escape(before)}{marked}{escape(after)}”'
