"""The place where the return policy is tried: a case by form, and the cases that are kept."""
