"""Paper: a document is plain data, and the screen, PDF and DOCX are its renderings."""
