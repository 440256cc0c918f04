"""The card terminal's simulator, a process of its own: speaks nexo as terminals do, shares no code with the driver."""
