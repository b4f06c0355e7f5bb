#!/usr/bin/env python3
"""Images, sounds and IDX files, with the values that Pillow, numpy and Python's wave module read.

Needs: Pillow, numpy (Debian: python3-pil, python3-numpy).
Usage: make_data_fixtures.py [folder]
"""

import gzip
import json
import pathlib
import struct
import sys
import wave

import numpy as np
import PIL
from PIL import Image

FOLDER = pathlib.Path(
    sys.argv[1]
    if len(sys.argv) > 1
    else pathlib.Path(__file__).parent.parent / "resources/org/modelvitals/data/files"
)
FOLDER.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(20)


def images():
    y, x = np.mgrid[0:23, 0:37]
    rgb = np.stack([x * 255 // 36, y * 255 // 22, random.integers(0, 256, x.shape)], axis=-1)
    rgb = rgb.astype(np.uint8)
    gray = random.integers(0, 256, (9, 14)).astype(np.uint8)
    Image.fromarray(rgb).save(FOLDER / "rgb.png")
    Image.fromarray(rgb).save(FOLDER / "rgb.bmp")
    Image.fromarray(gray).save(FOLDER / "gray.png")
    Image.fromarray(rgb).convert("P", palette=Image.ADAPTIVE, colors=16).save(FOLDER / "palette.png")
    alpha = np.dstack([rgb, random.integers(0, 256, x.shape).astype(np.uint8)])
    Image.fromarray(alpha).save(FOLDER / "alpha.png")
    Image.fromarray(gray > 128).save(FOLDER / "bilevel.png")
    smooth = Image.fromarray(gray).resize((40, 32), Image.BICUBIC)
    smooth.save(FOLDER / "gray.jpg", quality=95)
    cases = []

    def case(file, tolerance=0, resize=None, crop=None, color="rgb", layout="nchw", scale=1, mean=None, std=None):
        image = Image.open(FOLDER / file).convert("RGB")
        if resize and len(resize) == 2:
            image = image.resize((resize[1], resize[0]), Image.BILINEAR)
        elif resize:
            w, h = image.size
            size = (
                (resize[0], int(resize[0] * h / w)) if w <= h else (int(resize[0] * w / h), resize[0])
            )
            image = image.resize(size, Image.BILINEAR)
        if crop:
            w, h = image.size
            left, top = int(round((w - crop[1]) / 2.0)), int(round((h - crop[0]) / 2.0))
            image = image.crop((left, top, left + crop[1], top + crop[0]))
        if color == "gray":
            array = np.asarray(image.convert("L"), dtype=np.float64)[:, :, None]
        else:
            array = np.asarray(image, dtype=np.float64)
            if color == "bgr":
                array = array[:, :, ::-1]
            if color == "luminance":
                array = (array @ np.array([0.299, 0.587, 0.114]))[:, :, None]
        array = array * scale
        if mean:
            array = array - np.array(mean)
        if std:
            array = array / np.array(std)
        if layout == "nchw":
            array = array.transpose(2, 0, 1)
        cases.append(
            {
                "file": file,
                "tolerance": tolerance,
                "resize": resize or [],
                "crop": crop or [],
                "color": color.upper(),
                "layout": layout.upper(),
                "scale": scale,
                "mean": mean or [],
                "std": std or [],
                "shape": list(array.shape),
                "values": [round(float(v), 9) for v in array.flatten()],
            }
        )

    case("rgb.png")
    case("rgb.bmp", color="bgr", layout="nhwc")
    case("rgb.png", resize=[8, 12])
    case("rgb.png", resize=[30, 50])
    case("rgb.png", resize=[10], crop=[9, 8])
    case("rgb.png", crop=[6, 7], color="gray")
    case("rgb.png", resize=[11, 11], color="luminance", scale=1 / 255)
    case(
        "rgb.png",
        resize=[8, 8],
        scale=1 / 255,
        mean=[0.485, 0.456, 0.406],
        std=[0.229, 0.224, 0.225],
    )
    case("gray.png", color="gray")
    case("gray.png", resize=[5, 6])
    case("palette.png", resize=[8, 8])
    case("alpha.png", crop=[10, 10])
    case("bilevel.png", color="gray")
    # Decoders of JPEG may differ by a step or two.
    case("gray.jpg", color="gray", tolerance=2)
    (FOLDER / "images.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    (FOLDER / "cut.png").write_bytes((FOLDER / "rgb.png").read_bytes()[:300])


def sounds():
    expected = {}

    def write(name, width, channels, frames, to_float):
        with wave.open(str(FOLDER / name), "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(width)
            out.setframerate(8000)
            out.writeframes(frames)
        with wave.open(str(FOLDER / name), "rb") as back:
            data = back.readframes(back.getnframes())
            expected[name] = [to_float(data[i : i + width]) for i in range(0, len(data), width * channels)]

    values = [0, 1, -1, 32767, -32768, 1234, -4321, 99, 7, -7]
    frames16 = b"".join(struct.pack("<h", v) for v in values)
    write("mono16.wav", 2, 1, frames16, lambda b: struct.unpack("<h", b)[0] / 32768)
    stereo = b"".join(struct.pack("<hh", v, 5) for v in values)
    write("stereo16.wav", 2, 2, stereo, lambda b: struct.unpack("<h", b)[0] / 32768)
    write("mono8.wav", 1, 1, bytes([0, 127, 128, 255]), lambda b: (b[0] - 128) / 128)
    frames24 = b"".join((v * 256 + 3).to_bytes(3, "little", signed=True) for v in values)
    write("mono24.wav", 3, 1, frames24, lambda b: int.from_bytes(b, "little", signed=True) / 2**23)
    floats = np.array([0.5, -1.0, 1e-3, 0.1], dtype="<f4")
    data = floats.tobytes()
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 3, 1, 8000, 32000, 4, 32, b"data", len(data))
    (FOLDER / "float32.wav").write_bytes(header + data)
    expected["float32.wav"] = [float(v) for v in floats]
    (FOLDER / "sounds.json").write_text(json.dumps(expected, indent=1) + "\n")


def idx():
    codes = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
    expected = {}

    def write(name, array, code):
        data = struct.pack(">HBB", 0, code, array.ndim)
        data += b"".join(struct.pack(">I", n) for n in array.shape)
        data += array.astype(array.dtype.newbyteorder(">")).tobytes()
        # No time in the header: the same bytes in every run.
        (FOLDER / name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
        expected[name] = [[float(v) for v in row.flatten()] for row in array]

    for kind, code in codes.items():
        if kind[0] == "f":
            array = random.normal(size=(3, 2, 2)).astype(kind)
        else:
            info = np.iinfo(kind)
            array = random.integers(info.min, info.max, (3, 2, 2), dtype=kind, endpoint=True)
        write(f"{kind}.idx", array, code)
    write("images-idx3-ubyte.gz", random.integers(0, 256, (3, 4, 5)).astype(np.uint8), 0x08)
    write("labels-idx1-ubyte.gz", np.array([7, 0, 9], dtype=np.uint8), 0x08)
    (FOLDER / "idx.json").write_text(json.dumps(expected, indent=1) + "\n")


images()
sounds()
idx()
print(f"Pillow {PIL.__version__}, numpy {np.__version__}")
