"""Handing a finished PDF to the printer of this computer; runs on the pool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from channel_desk.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

#: Dots an inch where pages go to the printer as pictures.
PRINT_DPI = 300
_POINTS_AN_INCH = 72
_PATIENCE_SECONDS = 60


def print_pdf(pdf: bytes, title: str) -> None:
    """Print on the usual printer. Raises ``printer_missing`` and ``print_refused``."""
    if sys.platform == "win32":
        _print_pictures(pdf, title)
    else:
        _print_through_lp(pdf, title)


def _print_through_lp(pdf: bytes, title: str) -> None:
    """Linux and macOS: the print system takes PDF as it is."""
    lp = shutil.which("lp")
    if lp is None:
        raise UserError("printer_missing")
    # Its words are told apart below, and it would say them in the language of the system.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - the print command of the system, no shell
            [lp, "-t", title, "-"],
            input=pdf,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise UserError("print_refused", reason=str(problem)) from problem
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip()
        if "destination" in reason or "printer" in reason.lower():
            raise UserError("printer_missing")
        raise UserError("print_refused", reason=reason or str(done.returncode))


def _print_pictures(pdf: bytes, title: str) -> None:
    """Windows has no program that takes PDF: pages are drawn and painted on the printer."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if QPrinterInfo.defaultPrinter().isNull():
        raise UserError("printer_missing")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    paint_pages(pdf, printer)


def paint_pages(pdf: bytes, printer: QPrinter) -> None:
    """Paint each page over a whole sheet, whatever the dots of the printer. Raises ``print_refused``."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter

    from channel_desk.documents.render.preview import Preview
    from channel_desk.ui.page_image import page_image

    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    sheet = printer.paperRect(printer.Unit.DevicePixel).toRect()
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("print_refused", reason=printer.printerName())
    try:
        with Preview(pdf) as preview:
            for number in range(len(preview)):
                if number:
                    printer.newPage()
                picture = preview.picture(number, round(preview.size(number)[0] / _POINTS_AN_INCH * PRINT_DPI))
                painter.drawImage(sheet, page_image(picture))
    finally:
        painter.end()
