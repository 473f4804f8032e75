"""Pages for people, under /browse: the same look-ups as the API's, laid out to be read.

`page` renders templates, `words/` holds what they say in both languages, one file a page. Each page has a
module here with its routes, which `routers` lists; what it needs of the graph it asks as the API does.
"""
