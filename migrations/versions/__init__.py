"""One file a change, each a snapshot that later code must not reach into."""
