"""The documents of the shop, one file each: stored facts in, blocks out."""
