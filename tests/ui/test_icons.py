"""Icons take the colour of the theme, and every name in use has a drawing."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication

from channel_desk.paths import resources
from channel_desk.ui.theme.theme import Theme

NAMES = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, resources(), "light")


def colours(image: QImage) -> set[str]:
    """The colours of the fully covered pixels."""
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_that_an_icon_has_the_colour_it_is_asked_for(theme: Theme) -> None:
    drawn = colours(theme.pixmap("plus", "danger-text", 64, 1.0).toImage())
    assert drawn == {theme.colour("danger-text").name()}


def test_that_an_icon_already_handed_out_follows_the_theme(theme: Theme) -> None:
    icon = QIcon(theme.icon("plus", "ink", 64))
    gc.collect()
    before = colours(icon.pixmap(64, 64).toImage())
    theme.set_mode("dark")
    assert before != colours(icon.pixmap(64, 64).toImage()) == {theme.colour("ink").name()}


def test_that_a_disabled_icon_is_faint(theme: Theme) -> None:
    drawn = colours(theme.icon("plus", "ink", 64).pixmap(64, 64, QIcon.Mode.Disabled).toImage())
    assert drawn == {theme.colour("ink-3").name()}


def test_that_a_fine_screen_gets_fine_pixels(theme: Theme) -> None:
    pixmap = theme.pixmap("plus", "ink", 16, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)


@pytest.mark.parametrize("name", NAMES)
def test_that_every_drawing_can_be_painted(theme: Theme, name: str) -> None:
    image = theme.pixmap(name, "ink", 24, 1.0).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_that_an_unknown_icon_is_told(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.pixmap("unicorn", "ink", 16, 1.0)


def test_that_the_icons_carry_their_licence() -> None:
    assert "ISC License" in (resources() / "icons" / "LICENSE").read_text(encoding="utf-8")
