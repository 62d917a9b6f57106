"""How pages look: base templates, components, charts, paging by key, style sheets.

Must not know: any word of Party work, any model, who is reading. Labels and links come in as arguments.
"""
