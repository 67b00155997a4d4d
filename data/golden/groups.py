"""Writes groups.json: 50 steps of optimizers whose layers have learning rates and weight decays of their own, in double precision.

The formulas are those of PyTorch's SGD, Adam and AdamW with one entry of param_groups for each parameter. Without groups they are held to what
PyTorch itself computed, optimizers.json, before anything is written. Run in this folder: python3 groups.py
"""
import json
import math

SOURCE = json.load(open("optimizers.json"))
PLAIN = ["sgd_3_5_2", "sgd_momentum_3_5_2", "sgd_weight_decay_3_5_2", "adam_3_5_2", "adam_weight_decay_3_5_2", "adamw_3_5_2"]
GROUPED = {
    "sgd": {"name": "sgd", "lr": 0.05, "momentum": 0.9, "dampening": 0, "nesterov": False, "weight_decay": 0.01},
    "adam": {"name": "adam", "lr": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01, "amsgrad": False},
    "adamw": {"name": "adamw", "lr": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.1, "amsgrad": False},
}
GROUPS = [{"layer": "layers.0", "rate": 0.25, "weight_decay": 0.3}, {"layer": "layers.1", "rate": 2, "weight_decay": None}]


def loss_gradient(parameters, inputs, targets):
    """dL/dtheta of a network 3-5-2, tanh and identity, with the mean of squared errors over outputs and samples."""
    (w1, b1), (w2, b2) = [(layer["weight"], layer["bias"]) for layer in parameters]
    zero = [{"weight": [[0.0] * len(row) for row in layer["weight"]], "bias": [0.0] * len(layer["bias"])} for layer in parameters]
    for x, y in zip(inputs, targets):
        hidden = [math.tanh(b + sum(w * v for w, v in zip(row, x))) for row, b in zip(w1, b1)]
        output = [b + sum(w * v for w, v in zip(row, hidden)) for row, b in zip(w2, b2)]
        last = [2 * (a - t) / (len(y) * len(inputs)) for a, t in zip(output, y)]
        first = [(1 - h * h) * sum(d * row[i] for d, row in zip(last, w2)) for i, h in enumerate(hidden)]
        for layer, deltas, read in ((zero[0], first, x), (zero[1], last, hidden)):
            for unit, delta in enumerate(deltas):
                layer["bias"][unit] += delta
                for place, value in enumerate(read):
                    layer["weight"][unit][place] += delta * value
    return zero


def train(case, settings, groups, decays_only_weights):
    parameters = json.loads(json.dumps(case["parameters"]))
    state = {}
    snapshots = {}
    for step in range(1, 51):
        gradient = loss_gradient(parameters, case["inputs"], case["targets"])
        for index, layer in enumerate(parameters):
            group = next((group for group in groups if group["layer"] == "layers.%d" % index), {})
            rate = settings["lr"] * group.get("rate", 1)
            own = group.get("weight_decay")
            for name in ("weight", "bias"):
                decay = settings["weight_decay"] if own is None else own
                decay = 0 if decays_only_weights and name == "bias" else decay
                rows = layer[name] if name == "weight" else [layer[name]]
                gradients = gradient[index][name] if name == "weight" else [gradient[index][name]]
                for i, row in enumerate(rows):
                    for j in range(len(row)):
                        row[j] = update(row[j], gradients[i][j], state.setdefault((index, name, i, j), {}), settings, rate, decay, step)
        if str(step) in ("1", "2", "10", "50"):
            snapshots[str(step)] = {"float64": json.loads(json.dumps(parameters))}
    return snapshots


def update(p, g, state, settings, rate, decay, step):
    if settings["name"] == "sgd":
        g += decay * p
        if settings["momentum"]:
            state["v"] = g if step == 1 else settings["momentum"] * state["v"] + (1 - settings["dampening"]) * g
            g = g + settings["momentum"] * state["v"] if settings["nesterov"] else state["v"]
        return p - rate * g
    if settings["name"] == "adamw":
        p *= 1 - rate * decay
    else:
        g += decay * p
    b1, b2 = settings["beta1"], settings["beta2"]
    state["m"] = b1 * state.get("m", 0.0) + (1 - b1) * g
    state["v"] = b2 * state.get("v", 0.0) + (1 - b2) * g * g
    root = math.sqrt(state["v"]) / math.sqrt(1 - b2 ** step) + settings["eps"]
    return p - rate / (1 - b1 ** step) * state["m"] / root


def numbers(snapshot):
    return [v for layer in snapshot["float64"] for row in layer["weight"] + [layer["bias"]] for v in row]


def main():
    cases = {case["name"]: case for case in SOURCE["cases"]}
    for name in PLAIN:
        training = cases[name]["training"][0]
        ours = train(cases[name], training["optimizer"], [], False)
        for step, snapshot in training["parameters_after"].items():
            expected = numbers(snapshot)
            error = max(abs(x - y) for x, y in zip(expected, numbers(ours[step]))) / max(map(abs, expected))
            assert error < 1e-12, (name, step, error)
    start = cases[PLAIN[0]]
    written = []
    for name, settings in GROUPED.items():
        for suffix, groups, only in (("groups", GROUPS, False), ("weights", [], True), ("both", GROUPS, True)):
            case = {key: start[key] for key in ("network", "loss", "batch_size", "parameters", "inputs", "targets", "float32_rel_error")}
            after = train(start, settings, groups, only)
            case.update(name=name + "_" + suffix, groups=groups, decays_only_weights=only, training=[{"optimizer": settings, "parameters_after": after}])
            written.append(case)
    with open("groups.json", "w") as file:
        json.dump({"producer": "groups.py", "cases": written}, file, indent=None, separators=(",", ":"))
        file.write("\n")


main()
