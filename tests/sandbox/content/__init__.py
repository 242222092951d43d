"""The course content API: modules, topics, their files, order, pacing, captions and overviews."""
