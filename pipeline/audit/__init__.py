"""The audit: is each cited decree the right one and in force, and do the figures agree with themselves?

Every finding carries its evidence; where nothing is certain, nothing is said.
"""
