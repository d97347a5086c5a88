"""A scene as an SVG or PNG file, drawn by Matplotlib."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import escape
from io import BytesIO

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text
from PIL import Image, ImageColor
from PIL.PngImagePlugin import PngInfo

from chatbot.pictures import fonts, style
from chatbot.pictures.orders import PNG
from chatbot.pictures.page import STRIPE
from chatbot.pictures.scene import Box, Label, Line, Point, Rect, Scene

# Points of a PNG to each pixel of the layout: screens of phones have two or three.
DENSITY = 2
# Enough for every shade between the colours of a picture.
_COLOURS = 256
# At this resolution one of Matplotlib's points is one pixel.
_DPI = 72
_HEAD = (9.0, 4.2)
# Text becomes outlines, so that it takes the room that was measured on every device.
OPTIONS = {
    "svg.fonttype": "path",
    "svg.hashsalt": "chatbot",
    "font.family": [fonts.FAMILY],
    "text.hinting": "none",
    "path.simplify": False,
}


def paint(scene: Scene, form: str, title: str, description: str) -> bytes:
    """Return the file's content.

    Args:
        scene: what to draw.
        form: one of `orders.FORMATS`.
        title: headline for those who cannot see it.
        description: what the picture shows, in words.
    """
    with matplotlib.rc_context(OPTIONS):
        figure = figure_of(scene)
        out = BytesIO()
        if form == PNG:
            return _png(figure, _colours(scene), title, description)
        FigureCanvasSVG(figure).print_svg(out, metadata=dict.fromkeys(("Date", "Creator", "Type")))
    return _accessible(out.getvalue().decode(), title, description).encode()


def _png(figure: Figure, colours: Sequence[str], title: str, description: str) -> bytes:
    """Return the picture with few colours, a third as large as with all of them."""
    figure.set_dpi(_DPI * DENSITY)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    full = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    about = PngInfo()
    about.add_itxt("Title", title)
    about.add_itxt("Description", description)
    out = BytesIO()
    _with_few_colours(full, colours).save(out, "png", pnginfo=about)
    return out.getvalue()


def _with_few_colours(picture: Image.Image, kept: Sequence[str]) -> Image.Image:
    """Return a picture with a palette that has `kept` and the commonest shades between them."""
    shades = _COLOURS - len(kept)
    few = picture.quantize(shades, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = (few.getpalette() or [])[: 3 * shades]
    palette += [0] * (3 * shades - len(palette))
    places = np.array(few)
    parts = np.asarray(picture).astype(np.uint32)
    pixels = (parts[..., 0] << 16) | (parts[..., 1] << 8) | parts[..., 2]
    for place, colour in enumerate(kept, shades):
        places[pixels == int(colour[1:], 16)] = place
        palette += ImageColor.getrgb(colour)
    exact = Image.fromarray(places, "P")
    exact.putpalette(palette)
    return exact


def _colours(scene: Scene) -> list[str]:
    boxes = (*scene.boxes, *scene.panels)
    filled = [box.fill for box in boxes] + [box.stripe for box in boxes if box.stripe]
    drawn = [line.colour for line in scene.lines] + [label.colour for label in scene.labels]
    return sorted({style.PAPER, *filled, *drawn})


def figure_of(scene: Scene) -> Figure:
    """Return the drawing, a pixel of the layout being one of its points."""
    figure = Figure((scene.width / _DPI, scene.height / _DPI), _DPI, facecolor=style.PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    axes.axis("off")
    for box in scene.panels:
        _box(axes, box, 1)
    for line in scene.lines:
        _line(axes, line)
    for box in scene.boxes:
        _box(axes, box, 3)
    for label in scene.labels:
        _label(axes, label)
    return figure


def _box(axes: Axes, box: Box, order: float) -> None:
    area = box.area
    # A box with round corners is not quite a disc, however round they are.
    disc = box.radius * 2 >= min(area.width, area.height)
    shape = (
        Ellipse(area.centre, area.width, area.height)
        if disc
        else FancyBboxPatch(
            (area.x, area.y),
            area.width,
            area.height,
            boxstyle=f"round,pad=0,rounding_size={box.radius}",
        )
    )
    shape.set(
        facecolor=box.fill,
        edgecolor=box.edge or "none",
        linewidth=1.0 if box.edge else 0.0,
        linestyle=(0, (4, 3)) if box.dashed else "solid",
        zorder=order,
    )
    axes.add_patch(shape)
    if box.stripe:
        stripe = PathPatch(_stripe(area, box.radius), color=box.stripe, linewidth=0)
        stripe.set_zorder(order + 0.1)
        axes.add_patch(stripe)


def _stripe(area: Rect, radius: float) -> Path:
    """Return the outline of a box's left edge, with its two round corners."""
    x, y, right, bottom = area.x, area.y, area.x + STRIPE, area.bottom
    points = [(right, y), (x, y), (x, y + radius), (x, bottom - radius), (x, bottom)]
    points += [(right, bottom), (right, y)]
    codes = [Path.MOVETO, Path.CURVE3, Path.CURVE3, Path.LINETO, Path.CURVE3, Path.CURVE3]
    return Path(points, [*codes, Path.CLOSEPOLY])


def _line(axes: Axes, line: Line) -> None:
    points = list(line.points)
    tip, before = points[-1], points[-2]
    if line.head:
        points[-1] = _towards(tip, before, _HEAD[0] * 0.7)
    codes = [Path.CURVE4] * 3 if line.curved else [Path.LINETO] * (len(points) - 1)
    path = Path(points, [Path.MOVETO, *codes])
    axes.add_patch(
        PathPatch(
            path,
            fill=False,
            edgecolor=line.colour,
            linewidth=line.width,
            capstyle="round",
            joinstyle="round",
            zorder=2,
        )
    )
    if line.head:
        head = Polygon(_head(tip, before), closed=True, color=line.colour, linewidth=0)
        head.set_zorder(2.5)
        axes.add_patch(head)


def _towards(start: Point, end: Point, length: float) -> Point:
    far = math.dist(start, end) or 1.0
    share = min(length / far, 1.0)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _head(tip: Point, before: Point) -> list[Point]:
    """Return the corners of an arrow's head at `tip`, coming from `before`."""
    far = math.dist(tip, before) or 1.0
    dx, dy = (tip[0] - before[0]) / far, (tip[1] - before[1]) / far
    back = (tip[0] - dx * _HEAD[0], tip[1] - dy * _HEAD[0])
    side = (-dy * _HEAD[1], dx * _HEAD[1])
    return [tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])]


def _label(axes: Axes, label: Label) -> Text:
    return axes.text(
        label.area.x,
        # The baseline: what is above the letters takes about as much as what is below them.
        label.area.y + label.size,
        label.text.replace("$", r"\$"),  # else a formula would begin here
        fontsize=label.size,
        fontweight="bold" if label.bold else "normal",
        color=label.colour,
        verticalalignment="baseline",
        zorder=4,
    )


def _accessible(svg: str, title: str, description: str) -> str:
    """Return the SVG in pixels, without its document type, with what a screen reader says."""
    svg = svg[svg.index("<svg") :]
    head, rest = svg.split(">", 1)
    head = re.sub(r'(width|height)="([\d.]+)pt"', r'\1="\2"', head)
    names = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{head} role="img">\n {names}{rest}'
