"""Where a portfolio's prices come from: providers, in the order in which they are asked, and how each is spoken to."""
