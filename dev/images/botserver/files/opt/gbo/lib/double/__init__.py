"""A contract double of botserver 6.3: it starts, uses its stores and ends as botserver does, and does nothing else.

Where botserver would go on with defaults of localhost, the double ends and says why: it is there to find a wiring
that botserver would hide.
"""
