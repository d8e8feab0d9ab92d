"""A page with 24 charts in a real browser, beside a bare page that draws the same figures.

demo.py     the demo behind a web server of its own
pages.py    both pages: the product's, put together from its own pages, and the bare one
browser.py  opens each in a fresh browser window and takes the time until all is drawn
section.py  paired runs and the section on the page
"""
