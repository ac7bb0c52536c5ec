"""PostgreSQL: the event log, prices, ticks and receipts; one concept a file."""
