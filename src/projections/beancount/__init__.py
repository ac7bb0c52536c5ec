"""A portfolio's books as a ledger of beancount, the accounting language (https://beancount.github.io)."""

from projections.beancount.account_book import AccountBook, account_book
from projections.beancount.text import beancount_text

__all__ = ["AccountBook", "account_book", "beancount_text"]
