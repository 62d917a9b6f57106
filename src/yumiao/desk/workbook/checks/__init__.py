"""The checks of each sheet, in the order of the sheets: each takes the good rows into the proposal and notes the others."""
