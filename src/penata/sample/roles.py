"""Who plays what: the post of every person, with attributes of posts spread over people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.rulebook.legislation import Law
from penata.sample.catalogue import Post
from penata.sample.chance import Chance, Ints


@dataclass(frozen=True, slots=True)
class Roles:
    """Person i sits on seat ``seat[i]``, whose post is ``posts[post[i]]``; ``law`` brings the day of the data."""

    posts: list[Post]
    seat: Ints
    post: Ints
    chance: Chance
    law: Law

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.post)

    @property
    def today(self) -> np.datetime64:
        """Day of the data."""
        return np.datetime64(self.law.as_of, "D")

    def each(self, read: Callable[[Post], Any]) -> NDArray[Any]:
        """Return what *read* says of each person's post (n); every post is read once."""
        return np.array([read(post) for post in self.posts])[self.post]
