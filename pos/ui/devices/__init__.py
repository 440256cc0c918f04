"""The devices of this till, each with its state in words, a way to try it and what to do next."""
