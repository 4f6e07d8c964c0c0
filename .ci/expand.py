"""Prints a template with its loops (Fn::ForEach) expanded, as CloudFormation's AWS::LanguageExtensions does, for the
checkers: they see less in a loop, and say nothing of what they do not see.

Usage: expand.py template.yaml
"""

import re
import sys

import yaml

LOOP = "Fn::ForEach::"


class Loader(yaml.SafeLoader):
    """Reads CloudFormation's short tags (`!Sub`) as its long form (`Fn::Sub`)."""


def long_form(loader, tag, node):
    kind = {yaml.MappingNode: loader.construct_mapping, yaml.SequenceNode: loader.construct_sequence}
    value = kind[type(node)](node, deep=True) if type(node) in kind else loader.construct_scalar(node)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else "Fn::" + tag: value}


Loader.add_multi_constructor("!", long_form)


def filled(text, values):
    return re.sub(r"\$\{(\w+)}", lambda found: values.get(found[1], found[0]), text)


def expanded(node, values, mappings):
    """The node where each loop variable has its value."""
    if isinstance(node, list):
        return [expanded(one, values, mappings) for one in node]
    if not isinstance(node, dict):
        return node
    result = {}
    for key, inner in node.items():
        if key.startswith(LOOP):
            variable, collection, body = inner
            for value in collection:
                for name, one in expanded(body, {**values, variable: value}, mappings).items():
                    if name in result or name in node:
                        sys.exit(f"{key} makes {name}, which is there already.")
                    result[name] = one
        else:
            result[filled(key, values)] = expanded(inner, values, mappings)
    return simplified(result, values, mappings)


def simplified(node, values, mappings):
    """The value of a function call that needs no stack to be known."""
    match node:
        case {"Ref": str(name)} if name in values:
            return values[name]
        case {"Fn::Sub": str(text)}:
            text = filled(text, values)
            return {"Fn::Sub": text} if "${" in text else text
        case {"Fn::Sub": [str(text), dict(own)]} if all(isinstance(value, str) for value in own.values()):
            return simplified({"Fn::Sub": text}, {**values, **own}, mappings)
        case {"Fn::FindInMap": [str(table), str(row), str(column), *default]}:
            found = mappings.get(table, {}).get(row, {}).get(column)
            return found if found is not None or not default else default[0]["DefaultValue"]
    return node


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml.load(file, Loader)
mappings = template.pop("Mappings", {})
template["Transform"] = "AWS::Serverless-2016-10-31"
template["Resources"] = expanded(template["Resources"], {}, mappings)
text = yaml.safe_dump(template, sort_keys=False, width=1000)
if "Fn::FindInMap" in text or LOOP in text:
    sys.exit("Something in it was not expanded.")
print(text, end="")
