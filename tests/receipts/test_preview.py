"""The paper on the screen."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from receipts.plain_text import render
from receipts.preview import PaperPreview
from tests.receipts.papers import PAPERS, paper
from tests.receipts.scanner import scan


def shown(qtbot: QtBot, name: str, width: int = 318) -> PaperPreview:
    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.show_document(paper(name))
    preview.resize(width, preview.heightForWidth(width))
    return preview


def grab(preview: PaperPreview) -> Image.Image:
    image = preview.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    return Image.frombytes(
        "RGB", (image.width(), image.height()), bytes(image.constBits()), "raw", "RGB", image.bytesPerLine()
    )


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("width", [318, 420])
def test_the_bars_on_the_screen_scan(qtbot: QtBot, name: str, width: int) -> None:
    assert scan(grab(shown(qtbot, name, width))) == [PAPERS[name][0].receipt_code]


def test_paper_is_white_in_the_dark_theme_too(qtbot: QtBot, qapp: QApplication) -> None:
    light = grab(shown(qtbot, "usd_en"))
    palette = qapp.palette()
    dark = QPalette(QColor("#0D1016"))
    try:
        qapp.setPalette(dark)
        picture = grab(shown(qtbot, "usd_en"))
    finally:
        qapp.setPalette(palette)
    assert picture.getpixel((160, 6)) == (255, 255, 255)
    assert (
        picture.crop((4, 4, 314, picture.height - 4)).tobytes() == light.crop((4, 4, 314, light.height - 4)).tobytes()
    )


def test_screen_readers_get_the_paper_as_text(qtbot: QtBot) -> None:
    preview = shown(qtbot, "sek_sv")
    assert preview.accessibleName() == paper("sek_sv").title
    assert preview.accessibleDescription() == render(paper("sek_sv"), 42)


def test_the_height_follows_the_paper_and_the_width(qtbot: QtBot) -> None:
    preview = shown(qtbot, "usd_en")
    assert preview.heightForWidth(420) > preview.heightForWidth(318)
    assert preview.sizeHint().height() == preview.heightForWidth(318)
    before = preview.heightForWidth(318)
    preview.show_document(paper("czk_cs"))
    assert preview.heightForWidth(318) > before


def test_without_a_document_there_is_no_paper(qtbot: QtBot) -> None:
    preview = shown(qtbot, "usd_en")
    preview.show_document(None)
    assert preview.heightForWidth(318) == 0
    assert preview.accessibleDescription() == ""
    assert preview.document is None
    preview.resize(318, 40)
    assert len(set(grab(preview).get_flattened_data())) == 1


def test_nothing_is_painted_over_the_edge(qtbot: QtBot) -> None:
    picture = grab(shown(qtbot, "jpy_en")).convert("L")
    for column in (3, picture.width - 4):
        assert set(picture.crop((column, 10, column + 1, picture.height - 10)).get_flattened_data()) == {255}
