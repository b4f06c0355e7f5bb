"""Rows for drift: what the diabetes model was trained on, and patients of another clinic.

    python3 diabetes_drift.py    writes ../data/diabetes-reference.csv and ../sick/data/diabetes-shifted.csv

The reference is 200 rows of the training part. The shifted rows are the test part after what a
change of clinics does: patients are heavier, and a laboratory reports s5 in another unit.
"""
import pathlib

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

from tables import write_csv

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent


def main():
    data = load_diabetes()
    # The split of diabetes.py, which needs torch.
    train_x, test_x, train_y, test_y = train_test_split(
        data.data.astype(np.float32), data.target.astype(np.float32), test_size=0.3, random_state=442)
    header = [*data.feature_names, "progression"]
    write_csv(EXAMPLES / "data" / "diabetes-reference.csv", header,
              [[*row, target] for row, target in list(zip(train_x, train_y))[:200]])
    shifted = test_x.copy()
    shifted[:, data.feature_names.index("bmi")] += np.float32(0.03)
    shifted[:, data.feature_names.index("s5")] *= np.float32(2.5)
    (EXAMPLES / "sick" / "data").mkdir(exist_ok=True)
    write_csv(EXAMPLES / "sick" / "data" / "diabetes-shifted.csv", header,
              [[*row, target] for row, target in zip(shifted, test_y)])


if __name__ == "__main__":
    main()
