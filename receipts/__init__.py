"""Paper as a pure function of stored facts: one document model, and one file a rendering of it."""
