"""Addresses of articles, made from the address of their law by the scheme of whoever publishes it."""

from __future__ import annotations

from legcheck.texts.vocabulary import vocabulary


def article_link(law: str, article: str) -> str:
    """The address of an article, by its id; that of its law where no scheme is known for it."""
    for one in vocabulary().links:
        found = one.law.fullmatch(law)
        if found and one.articles.fullmatch(article):
            return one.address.format(law=found[1], article=article)
    return law
