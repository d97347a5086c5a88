"""Tune MiniLM on our examples: what is asked, and which entry is described (PyTorch).

Two tasks at once, so that one vector serves both:
- topics: a linear layer on the vector predicts the topic (cross-entropy); it is thrown away after;
- entries: a description must lie nearer to the other texts about its entry than to those of 15
  other entries (contrastive, as in SetFit and InfoNCE).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertConfig, BertModel

Tokens = list[int]
Tensors = dict[str, torch.Tensor]


@dataclass(frozen=True)
class Recipe:
    """What can be varied; the defaults are what `docs/decisions/0003-...` measured."""

    epochs: int = 2
    batch: int = 32
    rate: float = 5e-5
    # The layer that is thrown away starts from nothing and learns faster.
    head_rate: float = 2e-3
    # What one unit of cosine is worth in the two softmaxes.
    topic_scale: float = 16.0
    entry_scale: float = 20.0
    smoothing: float = 0.05
    # Every so many batches the other task is trained too.
    entries_every: int = 2
    entries: int = 16
    texts_per_entry: int = 3
    role_share: float = 0.75
    asked_as_topics: int = 1200
    most_tokens: int = 64
    seed: int = 0


def load_model(config: Mapping[str, Any], weights: Tensors) -> BertModel:
    """Return MiniLM with the given weights."""
    model = BertModel(BertConfig(**config), add_pooling_layer=False)
    names = set(model.state_dict())
    model.load_state_dict({name: value for name, value in weights.items() if name in names})
    return model


def vectors(model: BertModel, batch: Sequence[Tokens]) -> torch.Tensor:
    """Return one vector of length 1 a text: the mean over its tokens."""
    longest = max(len(tokens) for tokens in batch)
    ids = torch.tensor([tokens + [0] * (longest - len(tokens)) for tokens in batch])
    mask = torch.tensor([[1] * len(tokens) + [0] * (longest - len(tokens)) for tokens in batch])
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return functional.normalize(mean.float(), dim=-1)


def tune(model: BertModel, tokenizer: Tokenizer, examples: Any, recipe: Recipe) -> None:
    """Change the weights of the model; prints the losses as it goes.

    Args:
        model: what to tune.
        tokenizer: its tokenizer, without padding.
        examples: what `examples.py` wrote.
        recipe: how.
    """
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    tokenizer.enable_truncation(recipe.most_tokens)
    # The word vectors of words that no example has must not fall behind the others.
    model.embeddings.requires_grad_(False)
    topics = _Topics(examples, tokenizer, recipe, chance)
    entries = _Entries(examples, tokenizer, recipe, chance)
    steps = recipe.epochs * -(-len(topics.tokens) // recipe.batch)
    optimizer, schedule = _optimizer(model, topics.head, recipe, steps)
    model.train()
    for step, batch in enumerate(topics.batches()):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = topics.loss(model, batch)
            if step % recipe.entries_every == 0:
                loss = loss + entries.loss(model)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            print(f"step {step} of {steps}: loss {loss.item():.2f}", flush=True)
    model.eval()


def _optimizer(
    model: BertModel, head: torch.nn.Linear, recipe: Recipe, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": trained, "lr": recipe.rate},
            {"params": head.parameters(), "lr": recipe.head_rate},
        ],
        weight_decay=0.01,
    )
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.0, 1 - step / steps)
    )
    return optimizer, schedule


def _tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Tokens]:
    return [found.ids for found in tokenizer.encode_batch(list(texts))]


class _Topics:
    """The first task: messages and their topics."""

    def __init__(
        self, examples: Any, tokenizer: Tokenizer, recipe: Recipe, chance: random.Random
    ) -> None:
        rows = list(map(tuple, examples["topics"]))
        asked = [(plain, topic) for _, plain, topic, _ in examples["asked"]]
        rows += chance.sample(asked, min(recipe.asked_as_topics, len(asked)))
        names = sorted({topic for _, topic in rows})
        self.tokens = _tokens(tokenizer, [text for text, _ in rows])
        self.head = torch.nn.Linear(384, len(names), bias=False)
        torch.nn.init.normal_(self.head.weight, std=0.05)
        self._labels = torch.tensor([names.index(topic) for _, topic in rows])
        self._recipe = recipe
        self._chance = chance

    def batches(self) -> Iterator[list[int]]:
        """Yield the numbers of the examples, those of like length together."""
        size = self._recipe.batch
        for _ in range(self._recipe.epochs):
            order = list(range(len(self.tokens)))
            self._chance.shuffle(order)
            order = [
                number
                for start in range(0, len(order), size * 32)
                for number in sorted(order[start : start + size * 32], key=self._length)
            ]
            found = [order[start : start + size] for start in range(0, len(order), size)]
            self._chance.shuffle(found)
            yield from found

    def loss(self, model: BertModel, batch: list[int]) -> torch.Tensor:
        found = vectors(model, [self.tokens[number] for number in batch])
        scores = self._recipe.topic_scale * self.head(found)
        return functional.cross_entropy(
            scores, self._labels[batch], label_smoothing=self._recipe.smoothing
        )

    def _length(self, number: int) -> int:
        return len(self.tokens[number])


class _Entries:
    """The second task: descriptions and the texts about the entries."""

    def __init__(
        self, examples: Any, tokenizer: Tokenizer, recipe: Recipe, chance: random.Random
    ) -> None:
        self._recipe = recipe
        self._chance = chance
        self._phrases = {
            role: _tokens(tokenizer, texts) for role, texts in examples["phrases"].items()
        }
        asked: dict[str, list[str]] = {}
        for message, _, _, role in examples["asked"]:
            asked.setdefault(role, []).append(message)
        self._asked = {role: _tokens(tokenizer, texts) for role, texts in asked.items()}
        self._texts = {
            kind: {key: _tokens(tokenizer, texts) for key, texts in entries.items()}
            for kind, entries in examples["texts"].items()
        }

    def loss(self, model: BertModel) -> torch.Tensor:
        is_role = self._chance.random() < self._recipe.role_share
        rows = self._roles() if is_role else self._others()
        found = vectors(model, [query for query, _ in rows] + [t for _, row in rows for t in row])
        queries, texts = found[: len(rows)], found[len(rows) :]
        alike = self._recipe.entry_scale * (queries @ texts.T)
        by_entry = alike.view(len(rows), len(rows), -1).logsumexp(-1)
        return functional.cross_entropy(by_entry, torch.arange(len(rows)))

    def _roles(self) -> list[tuple[Tokens, list[Tokens]]]:
        """Return for some roles a description, half of the time in a whole message, and texts."""
        rows = []
        for role in self._pick(self._phrases):
            phrases, asked = self._phrases[role], self._asked.get(role)
            query = self._chance.choice(asked if asked and self._chance.random() < 0.5 else phrases)
            others = [text for text in self._texts["role"][role] if text != query]
            first = self._chance.choice([text for text in phrases if text != query])
            more = self._chance.sample(others, self._recipe.texts_per_entry - 1)
            rows.append((query, [first, *more]))
        return rows

    def _others(self) -> list[tuple[Tokens, list[Tokens]]]:
        """Return for some entries of another kind one text and other texts about each."""
        size = self._recipe.texts_per_entry
        kind = self._chance.choice([kind for kind in self._texts if kind != "role"])
        entries = {key: texts for key, texts in self._texts[kind].items() if len(texts) > size}
        drawn = [self._chance.sample(entries[key], size + 1) for key in self._pick(entries)]
        return [(texts[0], texts[1:]) for texts in drawn]

    def _pick(self, entries: Mapping[str, Any]) -> list[str]:
        keys = sorted(key for key, texts in entries.items() if texts)
        return self._chance.sample(keys, min(self._recipe.entries, len(keys)))
