"""Bytes -> records; every fault on the way is a problem with its place."""
