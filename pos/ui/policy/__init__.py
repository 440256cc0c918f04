"""The return policy as people read it: its rules, its versions, its papers, a file to switch on."""
