"""What somebody wrote elsewhere comes in: one module a format reads it, the frame keeps it."""
