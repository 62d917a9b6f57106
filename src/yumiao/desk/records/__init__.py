"""What people's records lack, and their correction, with a reason."""
