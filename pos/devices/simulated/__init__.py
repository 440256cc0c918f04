"""Devices that are not there: for training and for tests, with faults on demand."""
