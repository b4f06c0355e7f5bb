"""Breast tumours from 30 measurements of cell nuclei: a small network, malignant or benign.

    python3 breast_cancer.py     writes ../models/breast-cancer.onnx and ../data/breast-cancer-test.csv

Standardisation and softmax are part of the graph, so raw measurements go in and probabilities come
out. The test half is large, so that slices of it still hold enough patients. The last two columns
of the CSV, size and texture, are slices for a suite to look at; the model does not see them.
"""
import pathlib

import numpy as np
import torch
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from torch import nn

from onnx_files import export
from tables import write_csv

SEED = 1
TEST_SHARE = 0.4
EPOCHS = 60
MISSED_TUMOUR = 3.0  # a malignant tumour called benign costs this many false alarms in the loss
EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
CLASSES = ["malignant", "benign"]  # the data set's own order: 0 and 1


class TumourNet(nn.Module):
    """Standardises by the training data's mean and deviation, then one hidden layer."""

    def __init__(self, x):
        super().__init__()
        self.register_buffer("mean", torch.tensor(x.mean(axis=0)))
        self.register_buffer("deviation", torch.tensor(x.std(axis=0)))
        self.network = nn.Sequential(nn.Linear(30, 16), nn.ReLU(), nn.Linear(16, 2))

    def logits(self, features):
        return self.network((features - self.mean) / self.deviation)

    def forward(self, features):
        return torch.softmax(self.logits(features), dim=1)


def split():
    data = load_breast_cancer()
    return train_test_split(data.data.astype(np.float32), data.target, test_size=TEST_SHARE,
                            stratify=data.target, random_state=SEED)


def train(x, y):
    torch.manual_seed(SEED)
    model = TumourNet(x)
    features, labels = torch.tensor(x), torch.tensor(y)
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=1.0)
    cost = torch.tensor([MISSED_TUMOUR, 1.0])
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(features)).split(32):
            loss = nn.functional.cross_entropy(model.logits(features[rows]), labels[rows],
                                               weight=cost)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.eval()


def terciles(values, names):
    low, high = np.quantile(values, [1 / 3, 2 / 3])
    return [names[int(v > low) + int(v > high)] for v in values]


def main():
    torch.set_num_threads(1)
    data = load_breast_cancer()
    train_x, test_x, train_y, test_y = split()
    model = train(train_x, train_y)
    with torch.no_grad():
        predicted = model(torch.tensor(test_x)).argmax(1).numpy()
    print(f"accuracy on {len(test_y)} test rows: {(predicted == test_y).mean():.4f}, "
          f"recall of malignant: {(predicted[test_y == 0] == 0).mean():.4f}")
    export(model, torch.zeros(2, 30), EXAMPLES / "models" / "breast-cancer.onnx",
           inputs=["features"], outputs=["probabilities"],
           axes={"features": {0: "batch"}, "probabilities": {0: "batch"}},
           facts={"training_script": "breast_cancer.py", "seed": str(SEED), "license": "Apache-2.0",
                  "classes": ",".join(CLASSES),
                  "data": "Breast Cancer Wisconsin (Diagnostic), UCI, CC BY 4.0"})

    columns = [name.replace(" ", "_") for name in data.feature_names]
    size = terciles(test_x[:, columns.index("mean_radius")], ["small", "medium", "large"])
    texture = terciles(test_x[:, columns.index("mean_texture")], ["fine", "medium", "coarse"])
    write_csv(EXAMPLES / "data" / "breast-cancer-test.csv", [*columns, "diagnosis", "size", "texture"],
              [[*row, CLASSES[label], s, t]
               for row, label, s, t in zip(test_x, test_y, size, texture)])


if __name__ == "__main__":
    main()
