"""Computes the metrics of the exported classifiers and of the regression with scikit-learn and numpy.

    python3 reference.py         reads ../models and ../data, writes reference.json

An independent second opinion for the Java implementations of the same metrics. The weights are read
from the exported ONNX files and run by PyTorch in 32-bit floats; ONNX Runtime's outputs differ from
these by less than one part in a million. Metrics are computed in 64-bit floats.
"""
import csv
import json
import pathlib
import re

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from sklearn import metrics
from torch import nn

import breast_cancer
import diabetes
import digits
from onnx_files import write_text

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parent
ECE_BINS = 15

DEFINITIONS = {
    "averages": "macro: mean over classes; weighted: mean weighted by support; micro: from summed counts",
    "log_loss": "mean of -ln p(true class), probabilities in 64-bit, for digits softmax of the logits; "
                "no probability is clipped",
    "brier_multiclass": "mean over rows of the sum over classes of (p - one_hot)^2",
    "brier_binary": "mean over rows of (p(positive) - is_positive)^2, as sklearn.metrics.brier_score_loss",
    "ece": f"{ECE_BINS} bins of equal width over the top label's probability, (lower, upper]; "
           "sum over bins of share * |accuracy - mean confidence|",
    "mce": "largest |accuracy - mean confidence| of those bins",
    "roc_auc": "binary: of the positive class; macro: mean of one-vs-rest over classes",
    "top3_accuracy": "true class among the three largest probabilities",
    "confusion_matrix": "rows are the true classes, columns the predicted, both in the order of classes",
    "r2": "1 - sum of squared errors / sum of squared differences from the mean of the test targets",
}


def restore(module, path):
    """Puts the weights of an exported ONNX file into a module of the class it was exported from."""
    exported = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    missing = set(module.state_dict()) - set(exported)
    assert not missing, f"{path.name} lacks {missing}"
    module.load_state_dict({name: torch.tensor(exported[name]) for name in module.state_dict()})
    return module.eval()


def rows(name):
    with open(EXAMPLES / "data" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def floats(table, columns):
    return np.array([[row[c] for c in columns] for row in table], dtype=np.float32)


@torch.no_grad()
def run(module, x):
    return module(torch.tensor(x)).numpy().astype(np.float64)


def digits_outputs():
    table = rows("digits-test.csv")
    x = floats(table, [f"p{i}" for i in range(64)]).reshape(-1, 1, 8, 8)
    logits = run(restore(digits.DigitNet(), EXAMPLES / "models" / "digits.onnx"), x)
    return x, logits, np.array([int(row["digit"]) for row in table])


def breast_cancer_outputs():
    table = rows("breast-cancer-test.csv")
    x = floats(table, list(table[0])[:30])
    empty = breast_cancer.TumourNet(np.zeros((2, 30), dtype=np.float32))
    probabilities = run(restore(empty, EXAMPLES / "models" / "breast-cancer.onnx"), x)
    return x, probabilities, np.array([breast_cancer.CLASSES.index(row["diagnosis"]) for row in table])


def diabetes_outputs():
    table = rows("diabetes-test.csv")
    x = floats(table, list(table[0])[:10])
    empty = diabetes.Progression(np.zeros((2, 10), dtype=np.float32), np.zeros(2, dtype=np.float32))
    predicted = run(restore(empty, EXAMPLES / "models" / "diabetes.onnx"), x)[:, 0]
    return x, predicted, np.array([float(row["progression"]) for row in table])


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def calibration_gaps(probabilities, labels):
    confidence, correct = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bins = np.clip(np.ceil(confidence * ECE_BINS).astype(int) - 1, 0, ECE_BINS - 1)
    for b in range(ECE_BINS):
        inside = bins == b
        if inside.any():
            yield inside.mean(), abs(correct[inside].mean() - confidence[inside].mean())


def classification(probabilities, labels, names):
    predicted = probabilities.argmax(axis=1)
    one_hot = np.eye(len(names))[labels]
    gaps = list(calibration_gaps(probabilities, labels))
    result = {
        "rows": len(labels), "classes": names,
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(labels, predicted),
        "cohen_kappa": metrics.cohen_kappa_score(labels, predicted),
        "matthews": metrics.matthews_corrcoef(labels, predicted),
        "log_loss": -np.log(probabilities[np.arange(len(labels)), labels]).mean(),
        "brier_multiclass": ((probabilities - one_hot) ** 2).sum(axis=1).mean(),
        "ece": sum(share * gap for share, gap in gaps), "mce": max(gap for _, gap in gaps),
        "confusion_matrix": metrics.confusion_matrix(labels, predicted).tolist(),
    }
    for average in ("macro", "micro", "weighted"):
        p, r, f, _ = metrics.precision_recall_fscore_support(labels, predicted, average=average)
        result[average] = {"precision": p, "recall": r, "f1": f}
    each = metrics.precision_recall_fscore_support(labels, predicted)
    result["per_class"] = {name: {"precision": p, "recall": r, "f1": f, "support": int(s)}
                           for name, p, r, f, s in zip(names, *each)}
    return result


def digits_reference():
    _, logits, labels = digits_outputs()
    probabilities = softmax(logits)
    result = classification(probabilities, labels, [str(i) for i in range(10)])
    result["top3_accuracy"] = metrics.top_k_accuracy_score(labels, probabilities, k=3)
    result["roc_auc_macro"] = metrics.roc_auc_score(labels, probabilities, multi_class="ovr")
    return result


def breast_cancer_reference():
    _, probabilities, labels = breast_cancer_outputs()
    result = classification(probabilities, labels, breast_cancer.CLASSES)
    malignant = labels == 0
    result["positive"] = "malignant"
    result["brier_binary"] = metrics.brier_score_loss(malignant, probabilities[:, 0])
    result["roc_auc"] = metrics.roc_auc_score(malignant, probabilities[:, 0])
    result["average_precision"] = metrics.average_precision_score(malignant, probabilities[:, 0])
    table, predicted = rows("breast-cancer-test.csv"), probabilities.argmax(axis=1)
    result["slices"] = {column: {value: slice_figures(labels[at], predicted[at])
                                 for value in values
                                 for at in [np.array([row[column] == value for row in table])]}
                        for column, values in (("size", ["small", "medium", "large"]),
                                               ("texture", ["fine", "medium", "coarse"]))}
    return result


def slice_figures(labels, predicted):
    malignant = labels == 0
    return {"rows": len(labels), "accuracy": metrics.accuracy_score(labels, predicted),
            "malignant": int(malignant.sum()),
            "recall_malignant": (predicted[malignant] == 0).mean() if malignant.any() else None}


def diabetes_reference():
    _, predicted, target = diabetes_outputs()
    return {"rows": len(target), "mae": metrics.mean_absolute_error(target, predicted),
            "rmse": metrics.mean_squared_error(target, predicted, squared=False),
            "r2": metrics.r2_score(target, predicted),
            "median_absolute_error": metrics.median_absolute_error(target, predicted),
            "max_error": metrics.max_error(target, predicted),
            "bias": (predicted - target).mean()}


def main():
    reference = {"definitions": DEFINITIONS, "digits": digits_reference(),
                 "breast-cancer": breast_cancer_reference(), "diabetes": diabetes_reference()}
    text = json.dumps(reference, indent=2) + "\n"
    # One line for a row of the confusion matrix or a list of names, instead of one for each entry.
    text = re.sub(r"\[([^\[\]{}]*)\]", lambda m: "[" + ", ".join(m[1].replace(",", " ").split()) + "]", text)
    write_text(HERE / "reference.json", text)


if __name__ == "__main__":
    main()
