"""The three API documents as data, and what judges an exchange by them.

``actions.json``: the 92 actions. ``takes`` is the block of the body, ``a file``, or a block ``, perhaps a file``;
``answers`` a kind of value, ``file``, or absent for nothing; ``statuses`` those the document lists, if any. One
thing is not as extracted: ``content/completions/mycount/`` has lost its one parameter there, the
CONTENTCOMPLETIONLEVEL_T that it is about.

``blocks.json``: the blocks, each field with its kind (see ``kinds``). Blocks inside blocks that the documents leave
without a name have one here. ``UserAccess`` is named in the document and not shown; it may hold anything.
"""
