"""Writes one strict JSON schema per Kubernetes kind, for kubeconform.

usage: schemas.py SWAGGER_JSON OUTPUT_FOLDER

SWAGGER_JSON is the OpenAPI document of a Kubernetes release. Unknown fields are refused, as the
API server does with fieldValidation=Strict.
"""

import json
import pathlib
import sys

KINDS = "x-kubernetes-group-version-kind"
# These two hold any JSON; their definitions in the document are empty.
FREE = ("JSONSchemaProps", "RawExtension")


def strict(definition, name):
    """The definition with unknown fields refused; null is as good as absent."""
    definition = dict(definition)
    properties = definition.get("properties")
    if properties and not name.endswith(FREE):
        definition["additionalProperties"] = False
    return definition


def file_name(kind):
    """The name under which kubeconform looks for a kind: deployment-apps-v1.json."""
    group = kind["group"].split(".")[0].lower()
    parts = [kind["kind"].lower(), group, kind["version"].lower()]
    return "-".join(part for part in parts if part) + ".json"


def main(swagger, folder):
    definitions = json.loads(pathlib.Path(swagger).read_text())["definitions"]
    folder = pathlib.Path(folder)
    closed = {name: strict(body, name) for name, body in definitions.items()}
    quantity = closed.get("io.k8s.apimachinery.pkg.api.resource.Quantity")
    if quantity:
        quantity["type"] = ["string", "number"]
    port = closed.get("io.k8s.apimachinery.pkg.util.intstr.IntOrString")
    if port:
        port.pop("format", None)
        port["type"] = ["string", "integer"]
    shared = json.dumps({"definitions": closed}).replace("#/definitions/", "definitions.json#/definitions/")
    (folder / "definitions.json").write_text(shared)
    for name, body in definitions.items():
        for kind in body.get(KINDS, []):
            one = {"$ref": "definitions.json#/definitions/" + name}
            (folder / file_name(kind)).write_text(json.dumps(one))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
