"""Prints the README of the operator chart, its table made from the comments in values.yaml.

usage: values.py CHART_FOLDER

A line "# -- text" describes the key below it. A key without one that holds no described keys is an
error, and so is a key that values.schema.json does not know.
"""

import json
import pathlib
import re
import sys

KEY = re.compile(r"^( *)([A-Za-z][\w./-]*):(?: (.*))?$")
DESCRIPTION = re.compile(r"^ *# -- (.*)$")


def rows(lines):
    """Yields (path, default, description) for every described key."""
    path, pending, open_at = [], "", None
    for number, line in enumerate(lines, 1):
        described, key = DESCRIPTION.match(line), KEY.match(line)
        if described:
            pending = described.group(1)
            continue
        if not key:
            continue
        indent, name, default = len(key.group(1)) // 2, key.group(2), key.group(3)
        if open_at is not None and indent > open_at:
            continue
        open_at = None
        path = path[:indent] + [name]
        if pending:
            open_at = indent if default is None else None
            yield list(path), default, pending
        elif default is not None:
            sys.exit(f"values.yaml:{number}: {'.'.join(path)} has no line '# -- …' above it")
        pending = ""


def known(schema, path, root):
    """Whether the schema has a place for this path."""
    for name in path:
        while "$ref" in schema:
            schema = root["definitions"][schema["$ref"].rsplit("/", 1)[1]]
        if name not in schema.get("properties", {}):
            return False
        schema = schema["properties"][name]
    return True


def main(folder):
    folder = pathlib.Path(folder)
    schema = json.loads((folder / "values.schema.json").read_text())
    print((folder / "README.head.md").read_text().rstrip())
    print("\n| value | default | what it is |\n| --- | --- | --- |")
    for path, default, description in rows((folder / "values.yaml").read_text().splitlines()):
        if not known(schema, path, schema):
            sys.exit(f"values.schema.json does not know {'.'.join(path)}")
        shown = "see `values.yaml`" if default is None else f"`{default}`"
        print(f"| `{'.'.join(path)}` | {shown} | {description} |")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
