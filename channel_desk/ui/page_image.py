"""Pages that were drawn elsewhere, as images that Qt paints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from channel_desk.documents.render.preview import PagePicture


def page_image(picture: PagePicture) -> QImage:
    """``picture`` as an image with pixels of its own: those of the picture go with it."""
    image = QImage(picture.pixels, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
    return image.copy()
