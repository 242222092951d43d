"""The REST API below ``/d2l/api/``: responses, routing, permissions and what happens before an action runs.

The actions themselves are in the packages ``awards``, ``completion``, ``content``, ``cpd`` and ``people``.
"""
