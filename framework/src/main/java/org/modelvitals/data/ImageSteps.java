package org.modelvitals.data;

import java.nio.file.Path;
import java.util.List;
import org.modelvitals.data.InputSpec.Image.Color;
import org.modelvitals.data.InputSpec.Image.Layout;
import org.modelvitals.model.Tensor;

/** Turns images into the values of a row, as declared: resize, crop, colour, numbers, layout. */
final class ImageSteps {
  private final Axes axes;
  private final InputSpec.Image spec;
  private final int channels;

  ImageSteps(Axes axes, InputSpec.Image spec) {
    this.axes = axes;
    this.spec = spec;
    this.channels = spec.color() == Color.RGB || spec.color() == Color.BGR ? 3 : 1;
    requireSizes("resize", spec.resize());
    requireSizes("crop", spec.crop());
    requireOneForEachChannel("mean", spec.mean());
    requireOneForEachChannel("std", spec.std());
    if (spec.std().stream().anyMatch(value -> value == 0 || !Double.isFinite(value))) {
      throw new DataException(
          "%s: std: %s; values are divided by it, so expected finite numbers other than 0"
              .formatted(axes, spec.std()));
    }
    if (!axes.input().type().isFloating() && spec.scale() * 255 < 2) {
      throw new DataException(
          "%s takes whole numbers, and scale: %s would leave only 0 and 1; say scale: 1"
              .formatted(axes, spec.scale()));
    }
  }

  private void requireSizes(String keyword, List<Integer> sizes) {
    if (sizes.size() > 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new DataException(
          "%s: %s: %s; expected [height, width] or one size".formatted(axes, keyword, sizes));
    }
  }

  private void requireOneForEachChannel(String keyword, List<Double> values) {
    if (!values.isEmpty() && values.size() != channels) {
      throw new DataException(
          "%s: %s has %s; color: %s makes %s"
              .formatted(
                  axes,
                  keyword,
                  Wording.count(values.size(), "value"),
                  spec.color().name().toLowerCase(java.util.Locale.ROOT),
                  Wording.count(channels, "channel")));
    }
  }

  /**
   * Reads an image and brings it to size.
   *
   * @throws Misfit with the end of a sentence
   */
  Picture read(Path file) {
    Picture picture = Picture.read(file);
    List<Integer> resize = spec.resize();
    if (resize.size() == 2) {
      picture = picture.resize(resize.get(1), resize.get(0));
    } else if (resize.size() == 1) {
      // As in torchvision: the longer side is cut off to a whole number.
      long size = resize.get(0);
      long width = picture.width();
      long height = picture.height();
      picture =
          width <= height
              ? picture.resize(size, size * height / width)
              : picture.resize(size * width / height, size);
    }
    List<Integer> crop = spec.crop();
    return crop.isEmpty() ? picture : picture.crop(crop.get(crop.size() - 1), crop.get(0));
  }

  /** The shape of a row that holds this picture. */
  long[] shape(Picture picture) {
    return spec.layout() == Layout.NCHW
        ? new long[] {channels, picture.height(), picture.width()}
        : new long[] {picture.height(), picture.width(), channels};
  }

  /** Writes the picture's values to the tensor from element {@code at} on. */
  void write(Picture picture, Tensor tensor, int at) {
    Conversions into = new Conversions(tensor, 1, null);
    int pixels = picture.width() * picture.height();
    int pixelStep = spec.layout() == Layout.NCHW ? 1 : channels;
    int channelStep = spec.layout() == Layout.NCHW ? pixels : 1;
    for (int channel = 0; channel < channels; channel++) {
      double mean = spec.mean().isEmpty() ? 0 : spec.mean().get(channel);
      double deviation = spec.std().isEmpty() ? 1 : spec.std().get(channel);
      for (int i = 0; i < pixels; i++) {
        double value = (value(picture, channel, i) * spec.scale() - mean) / deviation;
        try {
          into.write(
              tensor.type().isFloating() ? value : Math.rint(value),
              at + channel * channelStep + i * pixelStep);
        } catch (Misfit e) {
          throw new DataException(
              "%s: a pixel becomes %s; look at scale, mean and std"
                  .formatted(axes, e.getMessage()));
        }
      }
    }
  }

  private double value(Picture picture, int channel, int pixel) {
    return switch (spec.color()) {
      case RGB -> sample(picture, channel, pixel);
      case BGR -> sample(picture, 2 - channel, pixel);
      case GRAY -> picture.isGray() ? sample(picture, 0, pixel) : gray(picture, pixel);
      case LUMINANCE -> luminance(picture, pixel);
    };
  }

  private static int sample(Picture picture, int channel, int pixel) {
    return Byte.toUnsignedInt(picture.channel(channel)[pixel]);
  }

  /** BT.601 in whole numbers, with the arithmetic of Pillow's conversion to "L". */
  private static int gray(Picture picture, int pixel) {
    return (sample(picture, 0, pixel) * 19595
            + sample(picture, 1, pixel) * 38470
            + sample(picture, 2, pixel) * 7471
            + 0x8000)
        >> 16;
  }

  private static double luminance(Picture picture, int pixel) {
    return picture.isGray()
        ? sample(picture, 0, pixel)
        : 0.299 * sample(picture, 0, pixel)
            + 0.587 * sample(picture, 1, pixel)
            + 0.114 * sample(picture, 2, pixel);
  }
}
