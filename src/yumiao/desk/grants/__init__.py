"""Need-to-know: sections of a case, who may open them, emergencies, family."""
