"""Pages -> the world: a folder on this machine, and from there to hosts."""
