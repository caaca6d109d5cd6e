"""Posts of a cell: who may give and end them, on the ground of which document, and who leads when nobody does."""
