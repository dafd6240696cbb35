"""The command line: how a person starts, prepares and tries Largesse.

`command_line` lists the commands; each command's module says what it does. What a command needs from the outermost ring
(how to open the application inside a worker) is handed in by `largesse.main`.
"""
