"""The brake: everything of a person's stops at once, and the orders that are out are called back."""
