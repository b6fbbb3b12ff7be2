"""A cState site -> incidents, components and the page's settings."""
