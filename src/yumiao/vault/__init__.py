"""Keys, sealed cells and the keyed index. It knows no persons: callers say what a cell belongs to."""
