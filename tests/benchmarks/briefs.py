"""Drawing briefs: one against the bare drawing of the same text, and a thousand in one file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from channel_desk.i18n import load_language
from channel_desk.paths import resources
from tests.benchmarks.measure import Row, in_turn
from tests.fixtures.briefs import xianghe

ROUNDS = 15
MANY = 1000

CHILD = """
import json
from tests.benchmarks.briefs import printed
print(json.dumps(printed(%d)))
"""


def peak_memory() -> float:
    """Megabytes of this process at its peak; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1000 if status.exists() else 0.0


def printed(count: int) -> dict[str, float]:
    """CPU seconds, megabytes at the peak and kilobytes a brief, of ``count`` briefs in one file."""
    import time

    from channel_desk.services.printing import Printer

    language = load_language("zh_CN", resources() / "i18n")
    facts = xianghe()
    target = io.BytesIO()
    start = time.process_time()
    Printer(resources()).print_briefs([facts] * count, target, language=language)
    return {
        "cpu": time.process_time() - start,
        "peak": peak_memory(),
        "each": len(target.getvalue()) / 1000 / count,
    }


def measure() -> Iterator[Row]:
    """A brief in both languages, then a thousand."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from channel_desk.documents.builders.brief import build_brief
    from channel_desk.documents.render.brief_pdf import brief_pdf
    from channel_desk.documents.render.fonts import FontBook
    from channel_desk.documents.render.preview import Preview

    book = FontBook(resources() / "fonts")
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Bare{name}", str(resources() / "fonts" / f"ChannelDeskSans-{name}.ttf")))
    for code in ("zh_CN", "en"):
        language = load_language(code, resources() / "i18n")
        facts = xianghe()
        data, _ = brief_pdf([build_brief(facts, language)], book)
        with Preview(data) as preview:
            pages = [preview.text(number).splitlines() for number in range(len(preview))]

        def bare(pages: list[list[str]] = pages) -> None:
            canvas = Canvas(io.BytesIO(), pageCompression=1, initialFontName="BareRegular")
            for page in pages:
                for number, line in enumerate(page):
                    canvas.setFont("BareBold" if number % 6 == 0 else "BareRegular", 8.4)
                    canvas.drawString(45, 800 - number * 6, line)
                canvas.showPage()
            canvas.save()

        def ours(facts: object = facts, language: object = language) -> None:
            brief_pdf([build_brief(facts, language)], book)  # type: ignore[arg-type]  # bound above

        value, floor = in_turn(ours, bare, rounds=ROUNDS)
        yield Row(f"a brief in {code}, floor: bare drawing of its text", value, "ms", floor)
    child = subprocess.run([sys.executable, "-c", CHILD % MANY], check=True, capture_output=True, text=True)
    many = json.loads(child.stdout)
    one = subprocess.run([sys.executable, "-c", CHILD % 1], check=True, capture_output=True, text=True)
    yield Row(f"{MANY} briefs in one file, processor time", many["cpu"], "s")
    yield Row(f"{MANY} briefs in one file, peak memory", many["peak"], "MB", json.loads(one.stdout)["peak"])
    yield Row(f"{MANY} briefs in one file, size of each", many["each"], "KB")
