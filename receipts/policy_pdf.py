"""A return policy on pages of A4: the poster on the wall, the crib sheet at the till. One that knows ReportLab."""

from __future__ import annotations

from importlib import resources
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from pos.domain.frozen import dataclass

_BODY, _BOLD = "KassaSans", "KassaSans-Bold"
_INK, _GREY, _LINE = HexColor("#12161F"), HexColor("#5D6779"), HexColor("#D9DEE7")
_MARGIN: float = 18 * mm
_FOOT: float = 10 * mm
# What ReportLab keeps free within a page's margins.
_FRAME = 6.0
_PAGE_OF_WORDS = 1_500


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One rule: its id, what it is about, its paragraphs, and in small letters what stands beside it."""

    id: str
    about: str
    says: tuple[str, ...]
    aside: str = ""


@dataclass(frozen=True, slots=True)
class PolicyPaper:
    """Pages about one version of a policy. `large` is for the wall, else for a drawer; `foot` stands on every page."""

    title: str
    shop: str
    since: str
    language: str
    rows: tuple[PolicyRow, ...]
    foot: str = ""
    large: bool = False


def render_policy(paper: PolicyPaper) -> bytes:
    """The paper as a PDF whose text can be searched. Equal in, equal out."""
    _load_fonts()
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=f"{paper.title} – {paper.shop}",
        creator="Kassa",
        lang=paper.language,
        invariant=1,
    )

    def foot(canvas: Canvas, on: SimpleDocTemplate) -> None:
        canvas.setFont(_BODY, 8)
        canvas.setFillColor(_GREY)
        canvas.drawString(_MARGIN, _FOOT, paper.foot)
        canvas.drawRightString(A4[0] - _MARGIN, _FOOT, str(on.page))

    document.build(_story(paper), onFirstPage=foot, onLaterPages=foot)
    return file.getvalue()


def _story(paper: PolicyPaper) -> list[object]:
    size = 13.0 if paper.large else 9.0
    head = [
        Paragraph(escape(paper.shop), _style(size, _GREY)),
        Paragraph(escape(paper.title), _style(size * 2.2, _INK, bold=True)),
        Paragraph(escape(paper.since), _style(size, _GREY)),
        Spacer(0, size),
    ]
    if not paper.rows:
        return head
    # A long id breaks: the column for it is narrow.
    narrow = (30 if paper.large else 34) * mm
    cells = [[_id(row, size), _told(row, size)] for row in paper.rows]
    wide = A4[0] - 2 * (_MARGIN + _FRAME) - narrow
    # A rule stays on one page, unless it names more goods than a page holds.
    crowded = any(len(row.about) + sum(map(len, row.says)) > _PAGE_OF_WORDS for row in paper.rows)
    table = Table(cells, colWidths=[narrow, wide], splitByRow=1, splitInRow=int(crowded), hAlign="LEFT")
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), size * 0.45),
            ("BOTTOMPADDING", (0, 0), (-1, -1), size * 0.55),
        ]
    )
    return [*head, table]


def _id(row: PolicyRow, size: float) -> Paragraph:
    return Paragraph(escape(row.id), _style(min(size, 9) * 0.85, _GREY, breaks=True))


def _told(row: PolicyRow, size: float) -> list[Paragraph]:
    about = [Paragraph(escape(row.about), _style(size, _INK, bold=True))] if row.about else []
    aside = [Paragraph(escape(row.aside), _style(size * 0.85, _GREY))] if row.aside else []
    return [*about, *(Paragraph(escape(one), _style(size, _INK)) for one in row.says), *aside]


def _style(size: float, colour: HexColor, *, bold: bool = False, breaks: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        "policy",
        fontName=_BOLD if bold else _BODY,
        fontSize=size,
        leading=size * 1.35,
        textColor=colour,
        splitLongWords=1,
        wordWrap="CJK" if breaks else None,
    )


def _load_fonts() -> None:
    fonts = resources.files("pos") / "assets" / "fonts"
    for name, file in ((_BODY, "DejaVuSans.ttf"), (_BOLD, "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, BytesIO((fonts / file).read_bytes())))
