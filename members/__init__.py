"""WHO: organisations, people, their dated standing and posts, accounts and rights."""
