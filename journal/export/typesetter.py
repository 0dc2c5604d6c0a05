"""Runs alone, in a process of its own: the book comes in on standard input, the PDF goes out on standard output.

Words touch no disk, a book that takes too long ends with its process, and what the compiler remembers goes with it.
It says nothing of what went wrong but a code: what the compiler says may quote the text.
"""

import json
import os
import resource
import sys

# Codes of exit.
UNDRAWN, FAILED, TOO_LONG = 3, 4, 5
SECONDS = 120
BYTES = 3 * 2**30
COULD_NOT = "could not be displayed"


def main() -> int:
    import typst  # seven megabytes, which who only asks for a book's codes has no use for

    os.nice(10)  # pages of this place come first
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"])
    compiler = typst.Compiler(
        asked["source"].encode(), font_paths=fonts, ignore_system_fonts=True, sys_inputs={"book": asked["book"]}
    )
    try:
        if asked["most"] and int(compiler.query("<pages>", field="value", one=True)) > asked["most"]:
            return TOO_LONG
        pdf = compiler.compile(format="pdf", pdf_standards=asked["standards"], timestamp=asked["made"])
    except typst.TypstError as error:
        return UNDRAWN if COULD_NOT in error.message else FAILED
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
