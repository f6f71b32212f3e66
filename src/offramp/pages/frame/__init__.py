"""What stands around every page: day or night, the language, the rooms somebody may enter, help."""
