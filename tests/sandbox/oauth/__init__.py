"""Sign-in with OAuth 2.0: the registered app, pages, authorization server, tokens and scopes."""
