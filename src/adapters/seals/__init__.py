"""What is kept secret, sealed at rest: each seal opens as what it is, for whom it was made, only."""
