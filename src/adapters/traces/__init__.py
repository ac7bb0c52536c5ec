"""Traces by OpenTelemetry. Only what is imported from `opening` may be, before somebody collects them: it is slow."""
