"""Everything on one server in one encrypted file, and back onto an empty one."""
