"""The gallery of components, and screens drawn with sample content, for those who build pages. On a demo database only."""
