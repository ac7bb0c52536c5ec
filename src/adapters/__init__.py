"""The outside: stores, servers, brokers, calendars and files, behind the ports of the application."""
