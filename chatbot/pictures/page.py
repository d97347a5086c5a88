"""A page that layouts fill from top to bottom with text, cards and legends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import fonts, style
from chatbot.pictures.scene import Box, Label, Line, Rect, Scene
from chatbot.pictures.style import Sizes

# Width of the coloured edge of a card.
STRIPE = 5.0


@dataclass(frozen=True)
class Words:
    """What is written in a picture besides names from the knowledge base.

    Args:
        title: its headline.
        phrases: patterns by name, as `pictures.yml` has them under `phrases`.
    """

    title: str
    phrases: Mapping[str, str]

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase with values put in."""
        return self.phrases[phrase].format(**values)


@dataclass(frozen=True)
class Text:
    """A paragraph; a mark such as an arrow stands before its first line, outside the others."""

    text: str
    size: float
    bold: bool = False
    colour: str = style.INK
    mark: str = ""

    @property
    def indent(self) -> float:
        """Room for the mark in pixels."""
        return fonts.width(self.mark, self.size) + self.size * 0.35 if self.mark else 0.0

    @property
    def leading(self) -> float:
        """Height of a line in pixels."""
        return self.size * fonts.LEADING

    def lines(self, room: float) -> list[str]:
        """Return its lines for a width in pixels."""
        return fonts.wrap(self.text, room - self.indent, self.size, self.bold)

    def height(self, room: float) -> float:
        """Return how high it is at a width in pixels."""
        return len(self.lines(room)) * self.leading


@dataclass
class Page:
    """What a layout works with; `y` is where the next thing begins.

    Args:
        base: the knowledge base.
        words: what is written besides names.
        width: one of `style.WIDTHS`.
    """

    base: KnowledgeBase
    words: Words
    width: int
    y: float = 0.0
    scene: Scene = field(init=False)
    sizes: Sizes = field(init=False)

    def __post_init__(self) -> None:
        self.scene = Scene(self.width)
        self.sizes = style.sizes(self.width)
        self.y = self.y or self.sizes.margin

    @property
    def wide(self) -> bool:
        """Whether there is room for things side by side."""
        return self.width > style.PHONE

    @property
    def left(self) -> float:
        """Left edge of what is inside the margins."""
        return self.sizes.margin

    @property
    def inner(self) -> float:
        """Width inside the margins."""
        return self.width - 2 * self.sizes.margin

    def title(self) -> None:
        """Write the headline."""
        self.paragraph(Text(self.words.title, self.sizes.title, bold=True))
        self.y += self.sizes.gap

    def finish(self) -> Scene:
        """Return the scene, as high as what stands on it."""
        self.scene.height = self.y + self.sizes.margin
        return self.scene

    def paragraph(self, text: Text, x: float | None = None, room: float | None = None) -> Rect:
        """Write a text at `y` and go below it; return where it stands."""
        area = self.write(text, self.left if x is None else x, self.y, room or self.inner)
        self.y = area.bottom
        return area

    def heading(self, text: str, x: float | None = None, room: float | None = None) -> None:
        """Write a heading at `y` and go below it."""
        self.paragraph(Text(text, self.sizes.head, bold=True, colour=style.SOFT), x, room)
        self.y += self.sizes.gap / 2

    def write(self, text: Text, x: float, y: float, room: float, align: str = "left") -> Rect:
        """Write a text with its left top corner at (x, y); return the room it takes."""
        if text.mark:
            self._line(text.mark, text, x, y)
        inside = room - text.indent
        lines = text.lines(room)
        for number, line in enumerate(lines):
            wide = fonts.width(line, text.size, text.bold)
            spare = {"left": 0.0, "centre": (inside - wide) / 2, "right": inside - wide}[align]
            self._line(line, text, x + text.indent + spare, y + number * text.leading)
        return Rect(x, y, room, text.leading * len(lines))

    def _line(self, line: str, text: Text, x: float, y: float) -> None:
        area = Rect(x, y, fonts.width(line, text.size, text.bold), text.leading)
        self.scene.labels.append(Label(line, area, text.size, text.bold, text.colour))

    def height(self, texts: Sequence[Text], room: float) -> float:
        """Return how high a card with these texts is, `room` being its whole width."""
        inside = room - 2 * self.sizes.pad - STRIPE
        return sum(text.height(inside) for text in texts) + 2 * self.sizes.pad

    def card(
        self,
        texts: Sequence[Text],
        area: Rect,
        colour: str,
        *,
        strong: bool = False,
        dashed: bool = False,
    ) -> Rect:
        """Draw a card with texts; return where it stands.

        Args:
            texts: what it says.
            area: its place; as high as it needs to be when the height is 0.
            colour: of its left edge, and, paler, of its ground.
            strong: whether it stands out from the others.
            dashed: whether its edge is dashed.
        """
        pad = self.sizes.pad
        area = Rect(area.x, area.y, area.width, area.height or self.height(texts, area.width))
        fill = style.tint(colour, 0.26 if strong else 0.08)
        edge = colour if strong else style.EDGE
        self.scene.boxes.append(Box(area, fill, edge, colour, dashed=dashed))
        y = area.y + (area.height - self.height(texts, area.width)) / 2 + pad
        for text in texts:
            room = area.width - 2 * pad - STRIPE
            y = self.write(text, area.x + pad + STRIPE, y, room).bottom
        return area

    def role_texts(self, role: model.Role, *more: str) -> list[Text]:
        """Return what a role's card says: its name and more."""
        name = Text(capital(role.name), self.sizes.name, bold=True)
        return [name, *(Text(text, self.sizes.body, colour=style.SOFT) for text in more)]

    def legend(self, roles: Sequence[model.Role]) -> None:
        """Write which colour stands for which group, for the groups of these roles."""
        met = {role.group for role in roles}
        groups = [group for group in (*self.base.groups, None) if group in met]
        named = [(style.group_colour(g, self.base), self._group_name(g)) for g in groups]
        self.swatches(named)

    def swatches(self, named: Sequence[tuple[str, str]]) -> None:
        """Write names with their colours beside each other, in as many rows as needed."""
        self.y += self.sizes.gap / 2
        side, size = self.sizes.body * 0.9, self.sizes.body
        height = size * fonts.LEADING
        x = self.left
        for colour, name in named:
            wide = min(fonts.width(name, size), self.inner - side - 6)
            if x > self.left and x + side + 6 + wide > self.left + self.inner:
                x, self.y = self.left, self.y + height + 3
            spot = Rect(x, self.y + (height - side) / 2, side, side)
            self.scene.boxes.append(Box(spot, colour, radius=3))
            area = self.write(Text(name, size, colour=style.SOFT), x + side + 6, self.y, wide + 0.5)
            self.y = area.bottom - height
            x = area.x + wide + 16
        self.y += height

    def arrow(self, *points: tuple[float, float], colour: str = style.FAINT) -> None:
        """Draw a straight line with an arrow's head at its last point."""
        self.scene.lines.append(Line(points, colour, head=True))

    def _group_name(self, group: str | None) -> str:
        return self.base.groups[group].name if group else self.words.say("no_group")


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
