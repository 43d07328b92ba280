"""What makes two names of companies one: their words, legal forms, and the key they share."""
