"""One module a subcommand, named `<command>_command`, each with `run(options) -> exit status`."""
