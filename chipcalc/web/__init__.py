"""Answers as pages: addresses that carry their whole state, templates, a server and a site."""
