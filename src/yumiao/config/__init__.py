"""Settings, the data folder, the clock and the `yumiao` command: how the house is switched on."""
