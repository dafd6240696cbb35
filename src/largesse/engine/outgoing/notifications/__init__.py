"""What others are told about changes: a file per noun, in which a struct is the payload and its docstring says when it
is sent."""
