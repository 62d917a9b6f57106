"""The path to read and to print, the county handbook, the record of one case on paper, editions and moving cases between them."""
