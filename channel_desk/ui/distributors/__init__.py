"""The list of distributors."""
