"""Writing ONNX files the same way for every example: opset 17, IR version 8, provenance inside."""
import pathlib

import onnx
import torch

OPSET = 17


def export(module, example, path, inputs, outputs, axes, facts):
    """Exports a PyTorch module. axes names the dynamic axes, facts becomes the file's metadata."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(module.eval(), example, str(path), opset_version=OPSET, input_names=inputs,
                      output_names=outputs, dynamic_axes=axes, do_constant_folding=True)
    model = onnx.load(str(path))
    name_weights(model.graph)
    # What torch derives for the outputs' axes are names like Addlogits_dim_1: keep the readable ones.
    for value in (*model.graph.input, *model.graph.output):
        for i, name in axes.get(value.name, {}).items():
            value.type.tensor_type.shape.dim[i].dim_param = name
    del model.graph.value_info[:]
    save(model, path, path.stem if path.stem != "model" else path.parent.name, facts)


def name_weights(graph):
    """torch calls a transposed weight onnx::MatMul_276: name it after its layer instead."""
    consumer = {name: node.name for node in graph.node for name in node.input}
    renamed = {i.name: consumer[i.name].strip("/").replace("/", ".").rpartition(".")[0] + ".weight"
               for i in graph.initializer if i.name.startswith("onnx::")}
    for initializer in graph.initializer:
        initializer.name = renamed.get(initializer.name, initializer.name)
    for node in graph.node:
        node.input[:] = [renamed.get(name, name) for name in node.input]


def save(model, path, name, facts):
    """Saves an ONNX model with its producer and provenance, and prints its size."""
    model.graph.name = name
    model.producer_name = "modelvitals-example-training"
    model.producer_version = "1"
    onnx.helper.set_model_props(model, facts)
    onnx.checker.check_model(model)
    pathlib.Path(path).write_bytes(model.SerializeToString(deterministic=True))
    print(f"{pathlib.Path(path).name}: {pathlib.Path(path).stat().st_size} bytes")


def write_text(path, text):
    """UTF-8 and \\n on every system, so that hashes agree."""
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_bytes(text.encode("utf-8"))
    print(f"{pathlib.Path(path).name}: {pathlib.Path(path).stat().st_size} bytes")
