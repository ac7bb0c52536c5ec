"""Providers of prices: any that speaks JSON over HTTP, Alpaca, files that are dropped, the simulated market."""
