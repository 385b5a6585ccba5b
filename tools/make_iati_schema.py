#!/usr/bin/env python3
"""Writes the tables of reference/iati/ from the files of the IATI standard, byte for byte the same on every run.

usage: make_iati_schema.py STANDARD CODELISTS [--check]

STANDARD   a folder with iati-activities-schema.xsd, iati-common.xsd, codelist-mapping.xml and standard_ruleset.json of version 2.03
CODELISTS  a folder with the codelists as XML (version 2.03, English names)
--check    writes nothing; exit status 1 when a table would differ

schema_203.csv    what may stand where, in the order of the sequence: one row a child element, wildcard, attribute or text of a type
codelists.csv     list, code, name
code_paths.csv    which element or attribute takes its value from which list, under which condition; of aid types only those of the list's own
                  vocabulary (the standard's mapping names no condition for them)
ruleset_203.json  the standard's ruleset, as published

Only the constructs that the standard's schema uses are understood; another one ends the program with a message, so that a new
version cannot be misread in silence.
"""
import csv
import io
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

XSD = "{http://www.w3.org/2001/XMLSchema}"
OWN_VOCABULARY = "@vocabulary = '1' or not(@vocabulary)"
OUT = pathlib.Path(__file__).resolve().parent.parent / "reference" / "iati"


class Schema:
    def __init__(self, folder):
        self.elements, self.types, self.attributes, self.rows, self.done = {}, {}, {}, [], set()
        for name in ("iati-common.xsd", "iati-activities-schema.xsd"):
            for node in ElementTree.parse(folder / name).getroot():
                for tag, table in (("element", self.elements), ("complexType", self.types), ("attribute", self.attributes)):
                    if node.tag == XSD + tag:
                        table[node.get("name")] = node

    def fail(self, node, where):
        sys.exit(f"make_iati_schema: {where}: <{node.tag.replace(XSD, 'xsd:')} {node.attrib}> is not understood")

    def element_type(self, node, path):
        """The id of the type of an element, whose rows are written once."""
        if node.get("type") is not None:
            name = node.get("type")
            if name.startswith("xsd:"):
                name = "text:" + name[4:]
                if name not in self.done:
                    self.done.add(name)
                    self.rows.append((name, "text", "", "", "", name[5:]))
                return name
            self.complex_type(self.types[name], name)
            return name
        inner = node.find(XSD + "complexType")
        if inner is None:
            self.fail(node, path)
        self.complex_type(inner, path)
        return path

    def complex_type(self, node, name):
        if name in self.done:
            return
        self.done.add(name)
        rows = []
        self.content(node, name, rows)
        self.rows.extend((name, *row) for row in rows)

    def content(self, node, name, rows):
        for part in node:
            if part.tag == XSD + "annotation":
                continue
            if part.tag == XSD + "sequence":
                self.sequence(part, name, rows)
            elif part.tag == XSD + "attribute":
                self.attribute(part, name, rows)
            elif part.tag == XSD + "anyAttribute":
                if part.get("namespace") != "##other":
                    self.fail(part, name)
                rows.append(("any_attribute", "", "", "", ""))
            elif part.tag in (XSD + "simpleContent", XSD + "complexContent"):
                extension = part.find(XSD + "extension")
                if extension is None:
                    self.fail(part, name)
                base = extension.get("base")
                if base.startswith("xsd:"):
                    rows.append(("text", "", "", "", base[4:]))
                else:
                    self.content(self.types[base], name, rows)
                self.content(extension, name, rows)
            else:
                self.fail(part, name)

    def sequence(self, node, name, rows):
        for part in node:
            least, most = part.get("minOccurs", "1"), part.get("maxOccurs", "1")
            if part.tag == XSD + "annotation":
                continue
            if part.tag == XSD + "any":
                if part.get("namespace") != "##other":
                    self.fail(part, name)
                rows.append(("any", "", least, most, ""))
            elif part.tag == XSD + "element":
                child = part
                if part.get("ref") is not None:
                    child = self.elements[part.get("ref")]
                    path = child.get("name")
                else:
                    path = f"{name}/{part.get('name')}"
                rows.append(("element", child.get("name"), least, most, self.element_type(child, path)))
            else:
                self.fail(part, name)

    def attribute(self, node, name, rows):
        required = "1" if node.get("use") == "required" else "0"
        if node.get("ref") == "xml:lang":
            rows.append(("attribute", "xml:lang", required, "1", "language"))
            return
        if node.get("ref") is not None:
            referred = self.attributes[node.get("ref")]
            rows.append(("attribute", referred.get("name"), required, "1", referred.get("type")[4:]))
            return
        if node.get("type") is None:
            self.fail(node, name)
        rows.append(("attribute", node.get("name"), required, "1", node.get("type")[4:]))


def as_csv(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def schema_table(folder):
    schema = Schema(folder)
    schema.element_type(schema.elements["iati-activities"], "iati-activities")
    return as_csv(("type", "what", "name", "min", "max", "value"), schema.rows)


def codelist_table(folder):
    rows = []
    for path in sorted(folder.glob("*.xml")):
        root = ElementTree.parse(path).getroot()
        for item in root.iter("codelist-item"):
            code, name = item.findtext("code"), item.findtext("name/narrative") or ""
            rows.append((root.get("name"), code.strip(), " ".join(name.split())))
    return as_csv(("list", "code", "name"), rows)


def path_table(folder, lists):
    rows = []
    for mapping in ElementTree.parse(folder / "codelist-mapping.xml").getroot().iter("mapping"):
        path, name = mapping.findtext("path"), mapping.find("codelist").get("ref")
        if "iati-organisation" in path or name not in lists:  # activities only, and the lists that we have
            continue
        condition = mapping.findtext("condition") or ""
        if path.endswith("aid-type/@code") and not condition:
            condition = OWN_VOCABULARY  # 2.03 gave aid types vocabularies, and the mapping no condition
        rows.append((path, name, condition))
    return as_csv(("path", "list", "condition"), rows)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    standard, codelists = map(pathlib.Path, arguments)
    codes = codelist_table(codelists)
    lists = {row["list"] for row in csv.DictReader(io.StringIO(codes))}
    tables = {
        "schema_203.csv": schema_table(standard),
        "codelists.csv": codes,
        "code_paths.csv": path_table(standard, lists),
        "ruleset_203.json": json.dumps(json.loads((standard / "standard_ruleset.json").read_text()), indent=1) + "\n",
    }
    differing = [name for name, text in tables.items() if not (OUT / name).exists() or (OUT / name).read_text() != text]
    if "--check" in sys.argv:
        print("\n".join(f"{name} differs" for name in differing) or "all tables are as made")
        sys.exit(1 if differing else 0)
    OUT.mkdir(parents=True, exist_ok=True)
    for name in differing:
        (OUT / name).write_text(tables[name])


if __name__ == "__main__":
    main()
