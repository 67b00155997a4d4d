"""PyTorch's side of the command "train": trains the same networks on the same samples in the same order as NetGen.

Reads one request as JSON a line and answers with one line of JSON, so that the two processes work in turn. Times are taken here and
contain nothing of the conversation. The samples lie in a file of 32-bit numbers: inputs, targets, parameters (per layer weights
[unit][input], then biases), orders (sample indices, one epoch after the other).
"""
import array
import base64
import json
import os
import sys
import time

# Before PyTorch is loaded: its matrix library has threads of its own.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[library + "_NUM_THREADS"] = "1"

import torch

ACTIVATIONS = {"Tanh": torch.nn.Tanh, "Relu": torch.nn.ReLU, "Sigmoid": torch.nn.Sigmoid}


class Data:
    """The samples of a network and its initial parameters."""

    def __init__(self, request):
        self.sizes = request["sizes"]
        self.activations = request["activations"]
        count, epochs = request["count"], request["epochs"]
        with open(request["file"], "rb") as file:
            self.inputs = numbers(file, "f", count, self.sizes[0])
            targets = numbers(file, "f", count, self.sizes[-1])
            self.parameters = []
            for inputs, units in zip(self.sizes, self.sizes[1:]):
                self.parameters.append((numbers(file, "f", units, inputs), numbers(file, "f", 1, units)[0]))
            self.orders = list(numbers(file, "i", epochs, request["length"]).long())
        if request["loss"] == "CategoricalCrossEntropy":
            # Takes the values before softmax, and the index of the class: the fastest form of the same loss.
            self.targets = targets.argmax(1)
            self.loss = torch.nn.CrossEntropyLoss()
        else:
            self.targets = targets
            self.loss = torch.nn.MSELoss()

    def model(self):
        layers = []
        for (weight, bias), activation in zip(self.parameters, self.activations):
            linear = torch.nn.Linear(weight.shape[1], weight.shape[0])
            with torch.no_grad():
                linear.weight.copy_(weight)
                linear.bias.copy_(bias)
            layers.append(linear)
            if activation in ACTIVATIONS:
                layers.append(ACTIVATIONS[activation]())
        return torch.nn.Sequential(*layers)


class Training:
    """A network in training, from the initial parameters on."""

    def __init__(self, data, scripted, batch, rate):
        self.data = data
        self.batch = batch
        self.epoch = 0
        model = data.model()
        self.model = torch.jit.script(model) if scripted else model
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=rate)

    def run(self, epochs):
        data, model, optimizer, loss = self.data, self.model, self.optimizer, self.data.loss
        start = time.perf_counter_ns()
        for _ in range(epochs):
            order = data.orders[self.epoch % len(data.orders)]
            self.epoch += 1

            # One gather for the whole epoch; the batches are views of it, which is the cheapest way to make them.
            inputs = data.inputs[order].split(self.batch)
            targets = data.targets[order].split(self.batch)
            for x, y in zip(inputs, targets):
                optimizer.zero_grad(set_to_none=True)
                loss(model(x), y).backward()
                optimizer.step()
        return time.perf_counter_ns() - start

    def parameters(self):
        flat = torch.cat([parameter.detach().reshape(-1) for parameter in self.model.parameters()])
        return base64.b64encode(array.array("f", flat.tolist()).tobytes()).decode()


def numbers(file, kind, rows, columns):
    values = array.array(kind)
    values.fromfile(file, rows * columns)
    dtype = torch.float32 if kind == "f" else torch.int32
    return torch.frombuffer(values, dtype=dtype).clone().reshape(rows, columns)


def blas():
    """The library that multiplies matrices, where the system tells."""
    try:
        with open("/proc/self/maps") as maps:
            names = {os.path.basename(line.split()[-1]) for line in maps if "/" in line}
    except OSError:
        return "unknown BLAS"
    return ", ".join(sorted(name for name in names if "blas" in name or "mkl" in name)) or "BLAS built in"


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.mm(torch.ones(64, 64), torch.ones(64, 64))
    data, trainings = None, {}
    print(json.dumps({"version": torch.__version__, "blas": blas()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        command = request["command"]
        answer = {}
        if command == "load":
            data, trainings = Data(request), {}
        elif command == "start":
            trainings[request["id"]] = Training(data, request["scripted"], request["batch"], request["rate"])
        elif command == "train":
            answer["nanoseconds"] = trainings[request["id"]].run(request["epochs"])
        else:
            answer["parameters"] = trainings[request["id"]].parameters()
        print(json.dumps(answer), flush=True)


main()
