"""Font files that come after the first paint."""

import os

import pytest
from PySide6.QtGui import QFontDatabase

from channel_desk.paths import resources
from channel_desk.ui.theme.later_faces import LaterFaces
from channel_desk.ui.theme.theme import Theme


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file that lets its reader wait is a pipe with a name")
def test_that_the_window_goes_on_while_a_file_is_read_and_takes_it_then(qtbot, qapp, tmp_path):
    slow, other = tmp_path / "slow.ttf", tmp_path / "missing.ttf"
    os.mkfifo(slow)
    loaded = []
    faces = LaterFaces([slow, other], loaded.append, qapp)
    faces.begin()
    for _ in range(3):
        qtbot.waitSignal(faces.timeout).wait()
    assert loaded == []
    slow.write_bytes(b"read to its end")
    qtbot.waitUntil(lambda: loaded == [slow, other])
    assert not faces.isActive()
    faces.deleteLater()


def test_that_the_boldest_face_is_there_after_the_others(qtbot, qapp):
    theme = Theme(qapp, resources(), "light")
    theme.load_remaining_faces()
    faces = theme.findChild(LaterFaces)
    qtbot.waitUntil(lambda: not faces.isActive())
    assert "Bold" in QFontDatabase.styles("Channel Desk Sans")
    assert QFontDatabase.hasFamily("Channel Desk Sans TC")
    theme.deleteLater()
