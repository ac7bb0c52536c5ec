"""The doors: HTTP, jobs, command line, and the one place where everything is put together."""
