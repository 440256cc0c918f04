"""The manual's pages: `pos/help/<language>/<screen>.md`, one a screen, in every language."""

from __future__ import annotations

from importlib import resources

FIRST_PAGE = "kassa"


def page(screen: str, language: str) -> str:
    """The page of a screen as Markdown; a screen without one has the page about Kassa as a whole."""
    return _read(screen, language) or _read(FIRST_PAGE, language) or _read(FIRST_PAGE, "en")


def has_page(screen: str, language: str) -> bool:
    return bool(_read(screen, language))


def _read(screen: str, language: str) -> str:
    try:
        return resources.files("pos").joinpath(f"help/{language}/{screen}.md").read_text("utf-8")
    except FileNotFoundError:
        return ""
