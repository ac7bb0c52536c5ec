"""A language model's opinion of a recommendation or a policy's draft: shown to a person, read by no rule."""
