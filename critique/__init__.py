"""The yearly review of a cell: self-criticism, criticism, and what becomes of the promises."""
