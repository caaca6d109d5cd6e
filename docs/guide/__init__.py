"""How the pictures of the user guide are made: the evening that it tells, and the tour through its pages."""
