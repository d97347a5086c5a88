"""Pictures as files: the text stands where it was measured, and machines can read what they are."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from chatbot.pictures import paint, style
from chatbot.pictures.draw import draw
from chatbot.pictures.fonts import wrap
from chatbot.pictures.names import Picture
from chatbot.pictures.orders import PNG, SVG
from chatbot.pictures.scene import Label, Rect, Scene
from tests.pictures.scenes import one_of_each, ordered, scene_of
from tests.support.base import knowledge_base

EACH = pytest.mark.parametrize("picture", one_of_each(), ids=lambda picture: picture.name[:30])
WIDTHS = pytest.mark.parametrize("width", style.WIDTHS)
SVG_NAME = "{http://www.w3.org/2000/svg}"
# Pixels by which a drawn text may differ from the measured one.
NEAR = 1.5


def drawn(picture: Picture, form: str, width: int = style.PHONE) -> bytes:
    return draw(ordered(picture, width, form), knowledge_base())


@EACH
@WIDTHS
def test_drawn_text_takes_the_room_that_was_measured(picture: Picture, width: int) -> None:
    scene = scene_of(picture, width)
    with matplotlib.rc_context(paint.OPTIONS):
        figure = paint.figure_of(scene)
        canvas = FigureCanvasAgg(figure)
        renderer = canvas.get_renderer()
        wrong = []
        for label, text in zip(scene.labels, figure.axes[0].texts, strict=True):
            box = text.get_window_extent(renderer)
            area = Rect(box.x0, scene.height - box.y1, box.width, box.height)
            if not label.area.holds(area, NEAR):
                wrong.append((label.text, label.area, area))
    assert wrong == []


@EACH
@WIDTHS
def test_nothing_is_drawn_at_the_edge(picture: Picture, width: int) -> None:
    pixels = np.asarray(Image.open(BytesIO(drawn(picture, PNG, width))).convert("L"))
    assert pixels.shape[1] == width * paint.DENSITY
    edges = (pixels[:6], pixels[-6:], pixels[:, :6], pixels[:, -6:])
    assert [edge.min() for edge in edges] == [255] * 4


@EACH
def test_a_png_is_small_and_says_what_it_shows(picture: Picture) -> None:
    content = drawn(picture, PNG)
    about = Image.open(BytesIO(content)).text
    wanted = ordered(picture)
    assert (about["Title"], about["Description"]) == (wanted.title, wanted.alt)
    assert len(content) < 250_000


@EACH
def test_an_svg_is_valid_and_says_what_it_shows(picture: Picture) -> None:
    root = ElementTree.fromstring(drawn(picture, SVG, style.WIDE))
    wanted = ordered(picture, style.WIDE)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG_NAME}title") == wanted.title
    assert root.findtext(f"{SVG_NAME}desc") == wanted.alt
    assert root.get("width") == "1200"
    assert root.get("viewBox", "").startswith("0 0 1200 ")


def test_an_svg_needs_nothing_from_elsewhere() -> None:
    svg = drawn(one_of_each()[0], SVG).decode()
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert not tags & {"text", "image", "script", "foreignObject", "a"}
    assert [link for link in re.findall(r'href="([^"]*)"', svg) if not link.startswith("#")] == []
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", svg)


def test_the_same_picture_is_the_same_file() -> None:
    picture = one_of_each()[0]
    assert drawn(picture, SVG) == drawn(picture, SVG)


@pytest.mark.parametrize("text", ["costs $5 or $6", "a <b> & \"c\" 'd'", "100 % \\frac{1}{2}"])
def test_odd_characters_are_drawn_as_they_are(text: str) -> None:
    scene = Scene(360, 60, labels=[Label(text, Rect(10, 10, 300, 20), 12)])
    for form in (SVG, PNG):
        assert paint.paint(scene, form, text, text)
    root = ElementTree.fromstring(paint.paint(scene, SVG, text, text))
    assert root.findtext(f"{SVG_NAME}desc") == text


def test_text_is_broken_at_blanks_then_hyphens_then_anywhere() -> None:
    assert wrap("one two three", 60, 12) == ["one two", "three"]
    assert wrap("pre-sales-service", 70, 12) == ["pre-sales-", "service"]
    broken = wrap("w" * 30, 50, 12)
    assert len(broken) > 5
    assert "".join(broken) == "w" * 30
    assert wrap("", 50, 12) == []
