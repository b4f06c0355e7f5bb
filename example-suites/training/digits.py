"""Handwritten digits, 8 x 8 pixels: a small convolutional network.

    python3 digits.py        writes ../models/digits.onnx and ../data/digits-test.csv

The CSV holds the pixels as the data set does, whole numbers from 0 to 16, and the division by 16 is
part of the graph: what a person reads in the file is what goes into the model.
"""
import pathlib

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn

from onnx_files import export
from tables import write_csv

SEED = 8
TEST_SHARE = 0.3
EPOCHS = 60
EXAMPLES = pathlib.Path(__file__).resolve().parent.parent


class DigitNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.hidden = nn.Linear(32 * 2 * 2, 48)
        self.drop = nn.Dropout(0.3)
        self.output = nn.Linear(48, 10)

    def forward(self, image):
        x = image / 16.0
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        return self.output(self.drop(torch.relu(self.hidden(x.flatten(1)))))


def split():
    data = load_digits()
    return train_test_split(data.data.astype(np.float32), data.target, test_size=TEST_SHARE,
                            stratify=data.target, random_state=SEED)


def shifted(images, generator):
    """Moves half of the images by up to one pixel: the training set is small."""
    count = len(images)
    padded = nn.functional.pad(images, (1, 1, 1, 1))
    dx, dy = torch.randint(0, 3, (2, count), generator=generator)
    stay = torch.rand(count, generator=generator) < 0.5
    dx[stay] = dy[stay] = 1
    image, pixel = torch.arange(count)[:, None, None], torch.arange(8)
    return padded[image, 0, (dy[:, None] + pixel)[:, :, None], (dx[:, None] + pixel)[:, None, :]][:, None]


def train(x, y):
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    model = DigitNet()
    images, labels = torch.tensor(x).reshape(-1, 1, 8, 8), torch.tensor(y)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-2)
    steps = EPOCHS * -(-len(images) // 64)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    model.train()
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(images), generator=generator).split(64):
            loss = nn.functional.cross_entropy(model(shifted(images[rows], generator)), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return model.eval()


def main():
    torch.set_num_threads(1)
    train_x, test_x, train_y, test_y = split()
    model = train(train_x, train_y)
    with torch.no_grad():
        predicted = model(torch.tensor(test_x).reshape(-1, 1, 8, 8)).argmax(1).numpy()
    print(f"accuracy on {len(test_y)} test rows: {(predicted == test_y).mean():.4f}")
    export(model, torch.zeros(2, 1, 8, 8), EXAMPLES / "models" / "digits.onnx",
           inputs=["image"], outputs=["logits"], axes={"image": {0: "batch"}, "logits": {0: "batch"}},
           facts={"training_script": "digits.py", "seed": str(SEED), "license": "Apache-2.0",
                  "data": "Optical Recognition of Handwritten Digits, UCI, CC BY 4.0"})
    write_csv(EXAMPLES / "data" / "digits-test.csv", [f"p{i}" for i in range(64)] + ["digit"],
              [[*pixels, int(label)] for pixels, label in zip(test_x, test_y)])


if __name__ == "__main__":
    main()
