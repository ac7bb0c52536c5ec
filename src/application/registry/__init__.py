"""What there is to trade, what it is called, and what portfolios are made of."""
