"""Of one member's private answers."""
