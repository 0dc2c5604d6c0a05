"""Readers of other journals’ files, one module a source, and what they share: none of it touches the database."""
