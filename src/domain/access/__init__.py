"""Who comes in: people's names, how long a sign-in lasts, and what a token of theirs may do."""
