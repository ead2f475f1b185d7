"""The look of the program: colours, type and icons by name, in the light or the dark theme."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from channel_desk.ui.theme.icons import IconShapes, themed_icon
from channel_desk.ui.theme.stylesheet import STYLE_SHEET, follow_palette
from channel_desk.ui.theme.tokens import FAMILY, FAMILY_TRADITIONAL, FONT_ROLES, load_tokens

#: What the first paint needs; the other faces are loaded by :meth:`Theme.load_remaining_faces`.
_FIRST_FACES: Final = (
    "ChannelDeskSans-Regular",
    "ChannelDeskSans-Medium",
    "ChannelDeskSans-SemiBold",
)
_LATER_FACES: Final = ("ChannelDeskSans-Bold", "ChannelDeskSansTC-Regular", "ChannelDeskSansTC-Bold")
_TABULAR: Final = "tnum"

#: Qt's own roles and the tokens they show. Nothing here has a shadow of Qt's or a visited link: their roles are for the
#: style sheet.
_PALETTE: Final = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink-3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "danger-text",
    QPalette.ColorRole.Highlight: "accent-select",
    QPalette.ColorRole.HighlightedText: "ink",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent-ink",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "toast-text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "hairline-strong",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "hairline",
}
_FADED: Final = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def make_application(name: str) -> QApplication:
    """The application in the style that our style sheet and palette are made for.

    The style is named on the command line: asking for it by a call would load all of QStyle's enumerations.
    """
    return QApplication([name, "-style", "Fusion"])


class Theme(QObject):
    """One for the application; handed to every widget, which asks it for its colours each time it paints.

    ``mode`` is "light", "dark" or "system". ``resources`` is the resource folder of the program.
    """

    changed = Signal()
    #: Another mode was chosen, which may look the same.
    mode_chosen = Signal()

    def __init__(self, app: QApplication, resources: Path, mode: str) -> None:
        super().__init__(app)
        self._app = app
        self._folder = resources / "themes"
        self._faces = resources / "fonts"
        self._mode = mode
        self._name = ""
        self._tokens: dict[str, str] = {}
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetrics] = {}
        self._shapes = IconShapes(resources / "icons")
        for name in _FIRST_FACES:
            _load_face(self._file_of(name))
        app.setFont(self.font("body"))
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def mode(self) -> str:
        """What was chosen: "light", "dark" or "system"."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Show the theme ``mode``; everything on the screen follows at once."""
        self._mode = mode
        self._apply()
        self.mode_chosen.emit()

    @property
    def is_dark(self) -> bool:
        return self._name == "dark"

    @property
    def moves(self) -> bool:
        """Whether fades are wanted; the system's reduced-motion setting says no."""
        from PySide6.QtWidgets import QStyle  # its many enumerations would delay the first paint

        return bool(self._app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration))

    def colour(self, token: str) -> QColor:
        """The colour ``token`` of the present theme; an unknown name raises ``KeyError``."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self._tokens[token])
        return QColor(found)  # a colour can be changed, the theme's own must not be

    def font(self, role: str) -> QFont:
        """The face for ``role``, with digits of equal width; an unknown role raises ``KeyError``."""
        found = self._fonts.get(role)
        if found is None:
            found = self._fonts[role] = _face(role)
        return found

    def metrics(self, role: str) -> QFontMetrics:
        """The measures of the face for ``role``."""
        found = self._metrics.get(role)
        if found is None:
            found = self._metrics[role] = QFontMetrics(self.font(role))
        return found

    def line_height(self, role: str) -> int:
        """Height of one line of ``role`` in pixels."""
        return FONT_ROLES[role].line

    def icon(self, name: str, role: str = "ink-2", size: int = 16) -> QIcon:
        """The icon ``name`` in the colour ``role``; it follows the theme."""
        return themed_icon(self, name, role, size)

    def pixmap(self, name: str, role: str, size: int, ratio: float) -> QPixmap:
        """The icon ``name`` as it looks now, for widgets that paint themselves."""
        return self._shapes.pixmap(name, self.colour(role), size, ratio)

    def load_remaining_faces(self) -> None:
        """Load the boldest and the traditional Chinese faces, bit by bit; call it once the window stands."""
        from channel_desk.ui.theme.later_faces import LaterFaces

        LaterFaces([self._file_of(name) for name in _LATER_FACES], _load_face, self).begin()

    def _file_of(self, face: str) -> Path:
        return self._faces / f"{face}.ttf"

    def _apply(self) -> None:
        dark = self._mode == "dark" or (
            self._mode == "system" and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        name = "dark" if dark else "light"
        if name == self._name:
            return
        is_first = not self._name
        self._name = name
        self._tokens = load_tokens(self._folder, name)
        self._colours = {}
        self._app.setPalette(self._palette())
        if is_first:
            self._app.setStyleSheet(STYLE_SHEET)
        else:
            follow_palette()
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        for role in _FADED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("ink-3"))
        return palette


def _load_face(file: Path) -> None:
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        raise FileNotFoundError(file)


def _face(role: str) -> QFont:
    size, _, weight = FONT_ROLES[role]
    font = QFont([FAMILY, FAMILY_TRADITIONAL])
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag(_TABULAR), 1)
    return font
