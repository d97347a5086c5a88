"""From an order to the content of a file; imports Matplotlib."""

from __future__ import annotations

from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures.layout import lay_out
from chatbot.pictures.orders import Order
from chatbot.pictures.page import Words
from chatbot.pictures.paint import paint


def draw(order: Order, base: KnowledgeBase) -> bytes:
    """Return the drawn picture.

    Args:
        order: what to draw and how.
        base: the knowledge base it shows.
    """
    words = Words(order.title, order.phrases)
    scene = lay_out(order.picture, base, words, order.width)
    return paint(scene, order.form, order.title, order.alt)
