"""The three API documents as data, and an observer that compares requests and responses with them.

``actions.json`` has the actions. ``body`` is the block that an action takes, ``a file``, or a block followed by
``, perhaps a file``. ``response`` is the type of the value that comes back, ``file``, or absent if nothing does.
``statuses`` are those that the document lists, if it lists any. One entry differs from the document as extracted, which
has lost the one parameter of ``content/completions/mycount/``: the CONTENTCOMPLETIONLEVEL_T of what is counted.

``blocks.json`` has the blocks, each field with its type (see ``json_types``). Blocks inside blocks that the documents
leave without a name have one here. The documents name ``UserAccess`` without showing it, so it may hold anything.
"""
