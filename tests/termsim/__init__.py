"""Tests of the card terminal's simulator."""
