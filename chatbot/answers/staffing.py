"""Who is one person in a shop of a given size or number of people."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.knowledge import model


@dataclass(frozen=True)
class Seat:
    """One person (or, in a large shop, a team), what the person is called and all roles covered.

    `titles` are the posts that the person fills besides, as the shop is too small for them.
    """

    post: model.Post
    covers: tuple[str, ...]
    titles: tuple[str, ...]


def seats(size: model.ShopSize, people: int | None) -> list[Seat]:
    """Return the posts of a shop, those joined that its number of people does not suffice for.

    Args:
        size: the size of shop.
        people: how many people there are; None for the size as such, with all its posts.
    """
    holders = {post.title: _holder(post, size, people) for post in size.posts}
    return [
        _seat(post, [other for other in size.posts if holders[other.title] == post.title])
        for post in size.posts
        if holders[post.title] == post.title
    ]


def own_people(found: list[Seat]) -> int:
    """Return how many of the posts are filled by the shop's own people."""
    return sum(not seat.post.outside for seat in found)


def _holder(post: model.Post, size: model.ShopSize, people: int | None) -> str:
    """Return the title of the post whose person does the work of this one."""
    while people is not None and post.from_people and people < post.from_people:
        post = next(other for other in size.posts if other.title == post.until_then)
    return post.title


def _seat(post: model.Post, held: list[model.Post]) -> Seat:
    others = [other for other in held if other.title != post.title]
    covers = tuple(role for one in (post, *others) for role in one.covers)
    return Seat(post, covers, tuple(other.title for other in others))
