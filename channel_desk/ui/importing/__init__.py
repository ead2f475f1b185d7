"""Importing a spreadsheet of distributors."""
