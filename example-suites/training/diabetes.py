"""Progression of diabetes within a year, from ten measurements: regression by a small network.

    python3 diabetes.py          writes ../models/diabetes.onnx and ../data/diabetes-test.csv

The features are scikit-learn's, already centred and scaled there; the target is the data set's own
number, from 25 to 346. Its scaling is part of the graph, so the model answers in the target's unit.
"""
import pathlib

import numpy as np
import torch
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from torch import nn

from onnx_files import export
from tables import write_csv

SEED = 442
TEST_SHARE = 0.3
EPOCHS = 120
EXAMPLES = pathlib.Path(__file__).resolve().parent.parent


class Progression(nn.Module):
    def __init__(self, x, y):
        super().__init__()
        self.register_buffer("feature_scale", torch.tensor(x.std()))
        self.register_buffer("mean", torch.tensor(y.mean()))
        self.register_buffer("deviation", torch.tensor(y.std()))
        self.network = nn.Sequential(nn.Linear(10, 16), nn.Tanh(), nn.Linear(16, 1))

    def forward(self, features):
        return self.network(features / self.feature_scale) * self.deviation + self.mean


def split():
    data = load_diabetes()
    return train_test_split(data.data.astype(np.float32), data.target.astype(np.float32),
                            test_size=TEST_SHARE, random_state=SEED)


def train(x, y):
    torch.manual_seed(SEED)
    model = Progression(x, y)
    features, target = torch.tensor(x), torch.tensor(y)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1.0)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(features)).split(32):
            error = (model(features[rows]).squeeze(1) - target[rows]) / model.deviation
            loss = error.square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.eval()


def main():
    torch.set_num_threads(1)
    train_x, test_x, train_y, test_y = split()
    model = train(train_x, train_y)
    with torch.no_grad():
        predicted = model(torch.tensor(test_x)).squeeze(1).numpy()
    r2 = 1 - ((predicted - test_y) ** 2).sum() / ((test_y - test_y.mean()) ** 2).sum()
    print(f"R2 on {len(test_y)} test rows: {r2:.4f}")
    export(model, torch.zeros(2, 10), EXAMPLES / "models" / "diabetes.onnx",
           inputs=["features"], outputs=["progression"],
           axes={"features": {0: "batch"}, "progression": {0: "batch"}},
           facts={"training_script": "diabetes.py", "seed": str(SEED), "license": "Apache-2.0",
                  "data": "Efron, Hastie, Johnstone and Tibshirani (2004), Least Angle Regression"})
    write_csv(EXAMPLES / "data" / "diabetes-test.csv", [*load_diabetes().feature_names, "progression"],
              [[*row, target] for row, target in zip(test_x, test_y)])


if __name__ == "__main__":
    main()
