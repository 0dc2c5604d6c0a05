"""The faces of static/fonts as they are served, from those of the direction: `python -m scripts.faces FOLDER`.

A page waits for both of its faces, and each 1.4 KB of them is a packet (docs/decisions/0008-two-sheets.md). What goes
is what no page shows: signs outside of a face's range in static/css/base.css, features that no rule asks for, names
of styles, the slanted faces' weights. A weight moves a point of an outline by whole units where leaving it to
its neighbours would put it more than `LOOSE` units off; an em has a thousand.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import WOFF2FlavorData
from fontTools.varLib.instancer import instantiateVariableFont
from fontTools.varLib.iup import iup_delta, iup_delta_optimize

from scripts.bootstrap import ROOT

SERVED = ROOT / "static" / "fonts"
RULES = ROOT / "static" / "css" / "base.css"
FEATURES = ["kern", "liga", "locl", "pnum", "tnum"]
NAMES = [0, 13, 14]  # the copyright, the licence and its address: they go wherever a face goes
# A browser reckons widths from `gvar` where no table of their own says them, and shows no list of a face’s styles.
UNUSED = ["HVAR", "STAT"]
LOOSE = 1.5


def main(folder: Path, served: Path = SERVED) -> None:
    for source in sorted(folder.glob("*.woff2")):
        face = TTFont(source)
        if "italic" in source.name and "fvar" in face:
            instantiateVariableFont(face, {"wght": 400}, inplace=True)
        _cut(face, set(signs(source.name)))
        if "gvar" in face:
            _loosen(face)
        _save(face, served / source.name)


def signs(name: str) -> Iterator[int]:
    """What a browser takes from a face. ValueError: no rule names it."""
    found = re.search(rf"{re.escape(name)}.*?unicode-range: ([^}}]*)", RULES.read_text())
    if not found:
        raise ValueError(f"{RULES} has no range for {name}.")
    for part in found[1].split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _cut(face: TTFont, kept: set[int]) -> None:
    options = Options()
    options.layout_features, options.name_IDs, options.drop_tables = FEATURES, NAMES, [*options.drop_tables, *UNUSED]
    options.notdef_outline, options.hinting = True, False
    cutter = Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(face)


def _loosen(face: TTFont) -> None:
    outlines, widths = face["glyf"], face["hmtx"].metrics
    for name, variations in face["gvar"].variations.items():
        points, drawn = outlines._getCoordinatesAndControls(name, widths)
        for one in variations if not outlines[name].isComposite() else []:
            moves: Any = one.coordinates
            full = iup_delta(moves, points, drawn.endPts) if None in moves else moves
            needed = iup_delta_optimize(full, points, drawn.endPts, tolerance=LOOSE)
            one.coordinates = [None if move is None else (round(move[0]), round(move[1])) for move in needed]


def _save(face: TTFont, path: Path) -> None:
    packed = WOFF2FlavorData()
    packed.transformedTables = sorted({"glyf", "loca", "hmtx"})
    face.flavor, face.flavorData = "woff2", packed
    face.save(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
