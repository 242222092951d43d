"""The HTTP side of the sandbox: server, WSGI application and the dispatcher of API calls."""
