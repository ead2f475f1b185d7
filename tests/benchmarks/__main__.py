"""``dev.py bench [--json FILE] [--sizes N …] [--only WORD]``."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from channel_desk.paths import DataFolder
from tests.benchmarks import briefs, keystroke, saving, start
from tests.benchmarks.measure import Row
from tests.benchmarks.regions import made_region


def measured(sizes: list[int], only: str) -> Iterator[Row]:
    """Every row, part by part."""
    with tempfile.TemporaryDirectory(prefix="channel-desk-bench-") as folder:

        def regions(*wanted: int) -> dict[int, DataFolder]:
            # Made when they are needed: the largest takes minutes.
            return {size: made_region(Path(folder), size) for size in wanted}

        parts = {
            "start": lambda: start.measure(regions(*sizes)),
            "keystroke": lambda: keystroke.measure(regions(*sizes)),
            "painted": lambda: keystroke.measure_painted(regions(*sizes)),
            "saving": lambda: saving.measure(regions(sizes[0])[sizes[0]]),
            "import": lambda: saving.measure_import(10_000),
            "brief": briefs.measure,
        }
        for name, part in parts.items():
            if only in {"", name}:
                yield from part()


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Each figure beside its floor, and the ratio.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there too")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument(
        "--only", default="", choices=("", "start", "keystroke", "painted", "saving", "import", "brief")
    )
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows = []
    print(f"{'':72}{'value':>12}{'floor':>12}{'ratio':>8}")
    for row in measured(given.sizes, given.only):
        rows.append(row.as_object())
        floor = f"{row.floor:.2f} {row.unit}" if row.floor is not None else ""
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        print(f"{row.name:72}{f'{row.value:.2f} {row.unit}':>12}{floor:>12}{ratio:>8}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
