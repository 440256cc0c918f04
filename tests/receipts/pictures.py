"""Picture files as people bring them, drawn here."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def drawn(width: int = 400, height: int = 160, *, mode: str = "RGB") -> Image.Image:
    """A dark leaf in a ring with a soft shadow, on white."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for step in range(height // 3):
        shade = 90 + 3 * step if step < 50 else 240
        pen.line((width // 8, height // 3 + step, width * 7 // 8, height // 3 + step), fill=(shade, shade, shade))
    pen.ellipse((width // 3, 4, width * 2 // 3, height - 5), outline="black", width=9)
    pen.polygon([(width // 2, 20), (width * 3 // 5, height // 2), (width // 2, height - 20)], fill=(20, 70, 40))
    return picture.convert(mode)


def as_file(picture: Image.Image, form: str = "PNG") -> bytes:
    file = BytesIO()
    picture.save(file, form)
    return file.getvalue()


def moving(form: str = "GIF") -> bytes:
    """Two pictures in one file."""
    file = BytesIO()
    drawn().save(file, form, save_all=True, append_images=[drawn(400, 160).rotate(180)])
    return file.getvalue()
