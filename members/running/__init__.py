"""What the server's administrator keeps beside the bodies themselves: who is here, and which account may come in."""
