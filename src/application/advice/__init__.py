"""Advice: what a policy makes of what there is, and what a person does with it."""
