"""Writing the test data: CSV with a header, numbers as short as they can be without changing."""
import numpy as np

from onnx_files import write_text


def number(value):
    """The shortest decimal that reads back as the same 32-bit float; whole numbers without a point."""
    value = np.float32(value)
    return str(int(value)) if value == int(value) else np.format_float_positional(value, trim="-")


def write_csv(path, header, rows):
    """rows holds strings and numbers; no field needs quoting here."""
    lines = [",".join(header)]
    lines += [",".join(v if isinstance(v, str) else number(v) for v in row) for row in rows]
    write_text(path, "\n".join(lines) + "\n")
