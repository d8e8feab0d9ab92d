"""A made-up sponsor to try the product with, loaded through the real intake.

Everything here is invented and comes from a fixed seed; nothing of it is used outside the demo.
"""
