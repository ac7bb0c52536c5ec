"""What brokers say of their own accord: kept in one inbox, and booked many at a time."""
