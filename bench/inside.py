"""A process with Django set up that calls functions of `bench` when asked: JSON lines in, JSON lines out."""

import json
import sys
from importlib import import_module

import django


def main() -> None:
    django.setup()
    for line in sys.stdin:
        name, words = json.loads(line)
        module, _, function = name.rpartition(".")
        print(json.dumps(getattr(import_module(f"bench.{module}"), function)(*words)), flush=True)


if __name__ == "__main__":
    main()
