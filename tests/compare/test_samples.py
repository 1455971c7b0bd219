"""The figures of the samples, against what a person reads in them."""

from __future__ import annotations

from compared import expected, found

LEAST = 0.97


def test_every_figure_lands_on_its_indicator_period_place_and_aspect() -> None:
    facts = expected()
    seen = found(frozenset(f[0] for f in facts), frozenset(f[1] for f in facts))
    assert len(facts & seen) / len(facts) >= LEAST, sorted(map(str, facts - seen))
    assert len(facts & seen) / len(seen) >= LEAST, sorted(map(str, seen - facts))
