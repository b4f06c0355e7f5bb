package org.modelvitals.data;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Keyword;
import org.modelvitals.spec.Shorthand;

/** Where the values of one input tensor come from. */
@Doc("Where the values of one input come from.")
@Shorthand("columns")
public sealed interface InputSpec {

  /**
   * Columns of the dataset, in order; a column may hold an array. Types are converted to the
   * input's.
   *
   * @param shape the shape of one row, if it does not follow from the signature
   * @param scale for floating-point inputs only
   * @param missing what empty cells, null and NaN become, {@code nan} for NaN itself; if it is
   *     null, they are refused
   */
  @Doc("Columns of the dataset, in order; a column may hold an array.")
  @Keyword("columns")
  @Shorthand("names")
  record Columns(
      @Doc(value = "The columns.", example = "[width, height]") List<String> names,
      @Doc("Shape of one row, if the signature does not tell.") List<Long> shape,
      @Doc("Each value is multiplied by this.") @Default("1") double scale,
      @Doc("What empty cells, null and NaN become: a value, or nan; refused if left out.")
          @Nullable String missing)
      implements InputSpec {
    public Columns {
      names = List.copyOf(names);
      shape = List.copyOf(shape);
    }
  }

  /** The same values for every row: a scalar, or a flat list with a shape. */
  @Doc("The same values for every row.")
  @Keyword("constant")
  @Shorthand("values")
  record Constant(
      @Doc(value = "Numbers, texts or booleans; one is repeated.", example = "[16000]")
          List<String> values,
      @Doc("The whole tensor's shape, if the signature does not tell.") List<Long> shape)
      implements InputSpec {
    public Constant {
      values = List.copyOf(values);
      shape = List.copyOf(shape);
    }
  }

  /**
   * One tensor from a file, the same for every batch: a TensorProto of ONNX ({@code .pb}), or an
   * array in a JSON document.
   *
   * @param at where in the JSON document the array stands (RFC 6901); its root if null
   * @param shape the whole tensor's shape, if neither the file nor the signature tells
   */
  @Doc("One tensor from a file: a TensorProto of ONNX (.pb), or an array in a JSON document.")
  @Keyword("tensor")
  @Shorthand("file")
  record TensorFile(
      @Doc(value = "The file, relative to the suite.", example = "output_0.pb") String file,
      @Doc(value = "Where in the JSON document the array stands.", example = "/outputs/0")
          @Nullable String at,
      @Doc("The whole tensor's shape, if nothing else tells.") List<Long> shape)
      implements InputSpec {
    public TensorFile {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Element i of the flattened tensor is i divided by the number of elements, as in ONNX's tests.
   *
   * @param shape may be empty if the signature tells
   */
  @Doc("Element i is i divided by the number of elements.")
  @Keyword("ramp")
  @Shorthand("shape")
  record Ramp(@Doc("The whole tensor's shape.") List<Long> shape) implements InputSpec {
    public Ramp {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Independent uniform values from the run's seed, new for every row. A row's values follow from
   * the seed, the input's name and the row's number, not from the batch.
   */
  @Doc("Independent uniform values from the seed.")
  @Keyword("random")
  record Random(
      @Doc("The whole tensor's shape, if the signature does not tell.") List<Long> shape,
      @Doc("Smallest value.") @Default("0") double low,
      @Doc("Largest value, excluded.") @Default("1") double high,
      @Doc("A seed of its own.") @Nullable Long seed)
      implements InputSpec {
    public Random {
      shape = List.copyOf(shape);
    }
  }

  /**
   * A sine tone along the last axis; each row goes on where the one before it ended. An input of
   * fixed length is filled, whatever the duration.
   */
  @Doc("A sine tone.")
  @Keyword("sine")
  record Sine(
      @Doc("Frequency in Hz.") double hz,
      @Doc("Length in seconds.") @Default("1") double seconds,
      @Doc("Samples per second.") @Default("16000") int rate,
      @Doc("Largest value.") @Default("0.5") double amplitude)
      implements InputSpec {}

  /** The last value of an output, fed back in the next call: the state of a recurrent model. */
  @Doc("The last value of an output, fed back in the next call.")
  @Keyword("feedback")
  @Shorthand("output")
  record Feedback(
      @Doc("The output that carries the state.") String output,
      @Doc("Shape of the first state, which is zeros, if the signature does not tell.")
          List<Long> shape)
      implements InputSpec {
    public Feedback {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Images whose file names, relative to the dataset, stand in a column; without a dataset, one
   * file. Steps happen in the order of the components: resize, crop, colour, scale, mean and
   * deviation, layout.
   *
   * <p>Resizing is Pillow's "bilinear", to the bit: a triangle filter that averages when it
   * shrinks. A single size is for the shorter side. Cropping is around the centre, as in
   * torchvision. Alpha, colour profiles and orientation tags are not minded.
   */
  @Doc("Images named by a column of the dataset, or one image file.")
  @Keyword("image")
  record Image(
      @Doc("The column with the file names.") @Nullable String column,
      @Doc("One file, for inputs without a dataset.") @Nullable String file,
      @Doc("Resize to [height, width], or the shorter side to [size].") List<Integer> resize,
      @Doc("Cut [height, width] out of the centre.") List<Integer> crop,
      @Doc("rgb, bgr, gray (BT.601, whole numbers) or luminance (the same, not rounded).")
          @Default("rgb")
          Color color,
      @Doc("Each value, 0 to 255, is multiplied by this.") @Default("0.00392156862745098")
          double scale,
      @Doc("Subtracted, one for each channel.") List<Double> mean,
      @Doc("Divided by, one for each channel.") List<Double> std,
      @Doc("nchw or nhwc.") @Default("nchw") Layout layout)
      implements InputSpec {
    public Image {
      resize = List.copyOf(resize);
      crop = List.copyOf(crop);
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    /** Which channels an image becomes. */
    public enum Color {
      RGB,
      BGR,
      GRAY,
      LUMINANCE
    }

    /** Order of the axes. */
    public enum Layout {
      NCHW,
      NHWC
    }
  }

  /**
   * Tokens of a text, made by a tokenizer. Shorter texts of a batch are padded at the end, which
   * needs an input for the attention mask; without one, batches have one row.
   */
  @Doc("Tokens of a text.")
  @Keyword("tokens")
  record Tokens(
      @Doc("The column with the text.") @Nullable String column,
      @Doc("One text, for inputs without a dataset.") @Nullable String text,
      @Doc("The tokenizer.json.") String tokenizer,
      @Doc("ids, attention-mask or type-ids.") @Default("ids") Part part,
      @Doc("Whether the tokenizer adds its special tokens.") @Default("true") boolean special)
      implements InputSpec {

    /** What of an encoding is fed. */
    public enum Part {
      IDS,
      ATTENTION_MASK,
      TYPE_IDS
    }
  }

  static Columns columns(String... names) {
    return new Columns(List.of(names), List.of(), 1, null);
  }

  static Constant constant(String... values) {
    return new Constant(List.of(values), List.of());
  }

  /** The tensor of a {@code .pb} file. */
  static TensorFile tensor(String file) {
    return new TensorFile(file, null, List.of());
  }

  /** The array at a JSON pointer of a document. */
  static TensorFile tensor(String file, String at) {
    return new TensorFile(file, at, List.of());
  }

  static Ramp ramp(Long... shape) {
    return new Ramp(List.of(shape));
  }

  static Sine sine(double hz) {
    return new Sine(hz, 1, 16000, 0.5);
  }

  static Feedback feedback(String output) {
    return new Feedback(output, List.of());
  }
}
