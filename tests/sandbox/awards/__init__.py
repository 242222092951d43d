"""The awards API (``/d2l/api/bas/``): catalogue, associations, issued awards, certificates and libraries."""
