"""The mechanism behind `/api/`: parameters, answers and their description from one declaration per endpoint. No app's words in it."""
