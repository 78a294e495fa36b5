"""The workflows of shape.json for the Python package ghagen: the same files, jobs and steps, with the same texts."""

import json
from pathlib import Path

from ghagen import App, Job, On, PushTrigger, Step, Workflow


def step(shape):
    return Step(
        id=shape.get("id"),
        name=shape.get("name"),
        if_=shape.get("if"),
        uses=shape.get("uses"),
        run=shape.get("run"),
        with_=shape.get("with"),
        env=shape.get("env"),
    )


def job(shape):
    return Job(
        name=shape.get("name"),
        runs_on=shape["runs-on"],
        timeout_minutes=shape.get("timeout-minutes"),
        needs=shape.get("needs"),
        if_=shape.get("if"),
        steps=[step(one) for one in shape["steps"]],
    )


app = App()
for file_name, shape in json.loads(Path("shape.json").read_text(encoding="utf-8")).items():
    jobs = {name: job(one) for name, one in shape["jobs"].items()}
    app.add_workflow(Workflow(name=shape["name"], on=On(push=PushTrigger(branches=["main"])), jobs=jobs), file_name)
