package org.modelvitals.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * An image as channels of 8 bits: red, green and blue, or one if it is grey. Alpha, colour profiles
 * and orientation tags are not minded, as most training code does not.
 */
final class Picture {
  /** More would rather be a mistake or an attack than an input. */
  private static final long MOST_PIXELS = 1L << 27;

  private final int width;
  private final int height;
  private final List<byte[]> channels;

  private Picture(int width, int height, List<byte[]> channels) {
    this.width = width;
    this.height = height;
    this.channels = channels;
  }

  /**
   * Decodes a file: PNG, JPEG, BMP, GIF, and what else {@code javax.imageio} finds.
   *
   * @throws Misfit with the end of a sentence, if it cannot be decoded
   */
  static Picture read(Path file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(open(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new Misfit(
            "%s, which is no image in a format that can be decoded; expected PNG, JPEG, BMP or GIF"
                .formatted(file));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw new Misfit(
              "%s, which has %d x %d pixels, too many to decode"
                  .formatted(file, reader.getWidth(0), reader.getHeight(0)));
        }
        return of(requireNoCmyk(reader.read(0), reader.getFormatName(), file));
      } finally {
        reader.dispose();
      }
    } catch (NoSuchFileException e) {
      throw new Misfit("%s, which does not exist".formatted(file));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Readers throw the latter two for some damaged files.
      throw new Misfit("%s, which cannot be decoded: %s".formatted(file, e.getMessage()));
    }
  }

  /** A JPEG with four channels is one for print; read as RGB with alpha its colours are wrong. */
  private static BufferedImage requireNoCmyk(BufferedImage image, String format, Path file) {
    if (format.equalsIgnoreCase("JPEG") && image.getRaster().getNumBands() == 4) {
      throw new Misfit(
          "%s, which is a JPEG in CMYK; expected RGB or grey, to which it can be converted"
              .formatted(file));
    }
    return image;
  }

  private static java.io.File open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new Misfit("%s, which is a folder; expected an image".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return file.toFile();
  }

  private static Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    boolean plain =
        raster.getTransferType() == DataBuffer.TYPE_BYTE
            && !(image.getColorModel() instanceof IndexColorModel);
    int space = image.getColorModel().getColorSpace().getType();
    // getRGB would take grey for linear light and change its values.
    if (raster.getNumBands() <= 2 && space == ColorSpace.TYPE_GRAY) {
      return new Picture(width, height, List.of(band(raster, 0, plain ? 1 : 257)));
    }
    if (plain && raster.getNumBands() >= 3 && space == ColorSpace.TYPE_RGB) {
      return new Picture(
          width, height, List.of(band(raster, 0, 1), band(raster, 1, 1), band(raster, 2, 1)));
    }
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    List<byte[]> rgb =
        List.of(new byte[pixels.length], new byte[pixels.length], new byte[pixels.length]);
    for (int i = 0; i < pixels.length; i++) {
      rgb.get(0)[i] = (byte) (pixels[i] >> 16);
      rgb.get(1)[i] = (byte) (pixels[i] >> 8);
      rgb.get(2)[i] = (byte) pixels[i];
    }
    return new Picture(width, height, rgb);
  }

  /** One band; 16-bit samples are divided by 257. */
  private static byte[] band(Raster raster, int band, int divisor) {
    int[] samples =
        raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (int[]) null);
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      bytes[i] = (byte) ((samples[i] + divisor / 2) / divisor);
    }
    return bytes;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean isGray() {
    return channels.size() == 1;
  }

  /** Red, green or blue, 0 to 2; a grey image has the same for all. */
  byte[] channel(int index) {
    return channels.get(isGray() ? 0 : index);
  }

  /**
   * The whole picture at another size.
   *
   * @throws Misfit if that, or what lies between in the two steps of resampling, is too large
   */
  Picture resize(long wantedWidth, long wantedHeight) {
    if (Math.max(wantedWidth, wantedHeight) > MOST_PIXELS
        || wantedWidth * Math.max(wantedHeight, height) > MOST_PIXELS) {
      throw new Misfit(
          "an image of %d x %d pixels, which would be resized to %d x %d; images have at most %,d pixels"
              .formatted(width, height, wantedWidth, wantedHeight, MOST_PIXELS));
    }
    int newWidth = (int) wantedWidth;
    int newHeight = (int) wantedHeight;
    return newWidth == width && newHeight == height
        ? this
        : new Picture(
            newWidth,
            newHeight,
            channels.stream()
                .map(channel -> Resampling.resize(channel, width, height, newWidth, newHeight))
                .toList());
  }

  /** The part of this size around the centre. */
  Picture crop(int newWidth, int newHeight) {
    if (newWidth > width || newHeight > height) {
      throw new Misfit(
          "an image of %d x %d pixels, from which %d x %d cannot be cropped"
              .formatted(width, height, newWidth, newHeight));
    }
    // Halves go to the even side, as in torchvision.
    int left = (int) Math.rint((width - newWidth) / 2.0);
    int top = (int) Math.rint((height - newHeight) / 2.0);
    return new Picture(
        newWidth,
        newHeight,
        channels.stream()
            .map(
                channel -> {
                  byte[] part = new byte[newWidth * newHeight];
                  for (int y = 0; y < newHeight; y++) {
                    System.arraycopy(
                        channel, (top + y) * width + left, part, y * newWidth, newWidth);
                  }
                  return part;
                })
            .toList());
  }
}
