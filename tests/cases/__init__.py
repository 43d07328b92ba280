"""Published worked examples, read from the shared folder and met to their own tolerance."""
