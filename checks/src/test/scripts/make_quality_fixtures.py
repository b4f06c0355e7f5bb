#!/usr/bin/python3
"""Writes the values that scikit-learn computes for seeded random rows.

Run from the folder of this script; needs Debian's python3-sklearn (1.2.1 was used).
The Java tests hold the accumulators against the file, so both sides are independent.
"""
import json
import pathlib

import numpy
import sklearn
from sklearn import metrics

OUT = pathlib.Path(__file__).parent.parent / "resources/org/modelvitals/checks/quality"


def softmax(scores):
    shifted = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def classification(name, seed, rows, classes):
    random = numpy.random.default_rng(seed)
    labels = random.integers(0, classes, rows)
    # Rounded to eighths, so that scores tie; all are exact in float32.
    logits = numpy.round(random.normal(0, 1.5, (rows, classes)) * 8) / 8
    logits[numpy.arange(rows), labels] += 1
    p = softmax(logits)
    said = logits.argmax(axis=1)
    values = {
        "accuracy": metrics.accuracy_score(labels, said),
        "balanced accuracy": metrics.balanced_accuracy_score(labels, said),
        "log loss": metrics.log_loss(labels, p, labels=range(classes), eps=1e-300),
        "cohen kappa": metrics.cohen_kappa_score(labels, said),
        "matthews correlation": metrics.matthews_corrcoef(labels, said),
    }
    for average in ("macro", "micro", "weighted"):
        scores = metrics.precision_recall_fscore_support(
            labels, said, average=average, zero_division=0)
        for what, value in zip(("precision", "recall", "f1"), scores):
            values[f"{average} {what}"] = value
    each = metrics.precision_recall_fscore_support(labels, said, zero_division=0)
    for c in range(classes):
        for what, value in zip(("precision", "recall", "f1"), each):
            values[f"{what}[{c}]"] = value[c]
    if classes == 2:
        values["roc auc"] = metrics.roc_auc_score(labels, p[:, 1])
        values["brier score"] = metrics.brier_score_loss(labels, p[:, 1])
        values["recall"] = values["recall[1]"]
        values["precision"] = values["precision[1]"]
        values["f1"] = values["f1[1]"]
    else:
        for c in range(classes):
            values[f"roc auc[{c}]"] = metrics.roc_auc_score(labels == c, p[:, c])
        values["macro roc auc"] = metrics.roc_auc_score(labels, p, multi_class="ovr")
        for k in (2, 3):
            values[f"top-k accuracy[{k}]"] = metrics.top_k_accuracy_score(
                labels, logits + numpy.arange(classes) * -1e-9, k=k)
    write(name, {"labels": labels.tolist(), "logits": logits.tolist(), "values": values})


def regression(name, seed, rows):
    random = numpy.random.default_rng(seed)
    targets = numpy.round(random.normal(150, 75, rows), 2)
    outputs = numpy.round((targets + random.normal(5, 40, rows)) * 8) / 8
    values = {
        "mae": metrics.mean_absolute_error(targets, outputs),
        "rmse": metrics.mean_squared_error(targets, outputs, squared=False),
        "r2": metrics.r2_score(targets, outputs),
        "median absolute error": metrics.median_absolute_error(targets, outputs),
        "max error": metrics.max_error(targets, outputs),
        "mean error": float((outputs - targets).mean()),
    }
    write(name, {"labels": targets.tolist(), "logits": outputs[:, None].tolist(), "values": values})


def write(name, document):
    document["made by"] = f"scikit-learn {sklearn.__version__}"
    (OUT / f"{name}.json").write_text(json.dumps(document) + "\n")


classification("four-classes", 1, 300, 4)
classification("two-classes", 2, 200, 2)
regression("regression", 3, 250)
