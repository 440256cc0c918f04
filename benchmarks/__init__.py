"""What is fast stays fast: each figure of `kassa bench` stands here with its baseline beside it.

A figure's program side goes through the same doors as the windows do; its baseline, in a module called `bare_…`, does
the same work with nothing but the driver, the toolkit or the file. Both are measured in one run, turn by turn, so that
a slow or busy machine slows both.
"""
