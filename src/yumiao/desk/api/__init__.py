"""The API of the whole house: every app's endpoints in one list, their description, and the page about them."""
