"""The statements of articles, computed again."""
