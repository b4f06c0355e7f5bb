package org.modelvitals.checks.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.BatchAxes;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.DrawnInputs;
import org.modelvitals.data.Feed;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.InputUses;
import org.modelvitals.model.InputUses.Purpose;
import org.modelvitals.model.Model;
import org.modelvitals.model.ModelException;
import org.modelvitals.model.ModelException.Reason;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.probe.NotApplicableException;
import org.modelvitals.probe.ProbeContext;

/**
 * Decides what is fed to a model. What is declared is fed as it is; what has to be guessed (sizes
 * of free dimensions, ranges of whole numbers) is guessed again until the model takes it.
 */
final class Drawing {
  /** Rows in a call, where the model takes any number and rows are small. */
  static final int BATCH = 4;

  /** Bytes of a row past which a batch has one. */
  private static final long LARGE_ROW = 1 << 22;

  /** Bytes of a row past which there are only few, as of images. */
  private static final long NOT_SMALL = 1 << 18;

  private static final int FEW = 2;

  /** Sizes of dimensions: a short sequence, few, the side of an image, the samples of a sound. */
  private static final long[] LENGTHS = {16, 1, 2, 3, 4, 8, 64, 224, 512, 576, 1024, 4096, 16384};

  /** Sizes of a first dimension that is no batch. */
  private static final int[] NO_BATCH = {16, 3, 2, 64};

  private static final long[] PAST = {4, 0};
  private static final long[] INTEGERS = {256, 2, 1};
  private static final long[] NOT_ASKED = {1};

  private final ProbeContext context;
  private final Model model;
  private final Signature signature;
  private final Draws draws;
  private final Map<String, Long> dimensions;
  private final Map<String, Purpose> purposes;
  private final BatchAxes axes;

  private Drawing(ProbeContext context, Draws draws) {
    this.context = context;
    this.model = context.model();
    this.signature = model.signature();
    this.draws = draws;
    this.dimensions = context.session().dimensions();
    this.axes = BatchAxes.of(signature);
    this.purposes =
        InputUses.of(
            model.file().path(),
            signature.inputs().stream()
                .filter(input -> isWhole(input.type()))
                .map(ValueInfo::name)
                .toList());
  }

  /**
   * What the suite's model is fed.
   *
   * @throws NotApplicableException if nothing could be made up that the model takes
   */
  static DataSpec data(Draws draws, ProbeContext context) {
    DataSpec declared = draws.data();
    if (declared != null && declared.file() != null) {
      return declared.limit() == null || declared.limit() > draws.rows()
          ? declared.limit(draws.rows())
          : declared;
    }
    return new Drawing(context, draws).made();
  }

  /** The same for a check that holds no rows in memory: a dataset is read to its end. */
  static DataSpec stream(Draws draws, ProbeContext context) {
    DataSpec declared = draws.data();
    return declared != null && declared.file() != null ? declared : data(draws, context);
  }

  static boolean isWhole(ElementType type) {
    return switch (type) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }

  private DataSpec made() {
    List<ValueInfo> open = open();
    requireDrawable(open);
    List<DrawnInputs> guesses = guesses(open);
    @Nullable ModelException refused = null;
    for (DrawnInputs guess : guesses) {
      DataSpec data = data(guess);
      try {
        tryOut(data);
        return data;
      } catch (ModelException e) {
        if (e.reason() != Reason.RUN_FAILED && e.reason() != Reason.BAD_INPUT) {
          throw e;
        }
        refused = refused == null ? e : refused;
      }
    }
    if (guesses.size() == 1 && refused != null && open.stream().noneMatch(this::isGuessed)) {
      throw refused;
    }
    throw new NotApplicableException(
        "no inputs could be drawn that the model takes; of those tried first it says: %s. Declare"
                .formatted(refused == null ? "" : refused.getMessage())
            + " what it is fed with 'data'");
  }

  private List<ValueInfo> open() {
    DataSpec declared = draws.data();
    return signature.inputs().stream()
        .filter(input -> declared == null || !declared.inputs().containsKey(input.name()))
        .toList();
  }

  private static void requireDrawable(List<ValueInfo> open) {
    for (ValueInfo input : open) {
      if (!input.isTensor() || input.type() == ElementType.OTHER) {
        throw new NotApplicableException(
            "the input '%s' is %s, of which no values can be drawn"
                .formatted(input.name(), input.description()));
      }
    }
  }

  private boolean isGuessed(ValueInfo input) {
    return isWhole(input.type()) || input.shape().stream().anyMatch(Dim::isFree);
  }

  private List<DrawnInputs> guesses(List<ValueInfo> open) {
    long[] lengths = NOT_ASKED;
    long[] past = {0};
    long[] integers = NOT_ASKED;
    for (ValueInfo input : open) {
      Integer batchAxis = axes.inputs().get(input.name());
      for (int axis = 0; axis < input.shape().size(); axis++) {
        Dim dim = input.shape().get(axis);
        boolean unknown =
            dim.isFree()
                && (batchAxis == null || batchAxis != axis)
                && (dim.name() == null || !dimensions.containsKey(dim.name()));
        lengths = unknown ? LENGTHS : lengths;
        past = unknown && String.valueOf(dim.name()).contains("past") ? PAST : past;
      }
      integers = isWhole(input.type()) ? INTEGERS : integers;
    }
    List<DrawnInputs> guesses = new ArrayList<>();
    Integer wanted = draws.data() == null ? null : draws.data().batch();
    for (long length : lengths) {
      for (long before : past) {
        for (long below : integers) {
          int rows = batch(open, length);
          guesses.add(new DrawnInputs(rows, length, before, below));
          if (rows > 1) {
            guesses.add(new DrawnInputs(1, length, before, below));
          }
        }
      }
    }
    if (axes.any() && wanted == null) {
      for (int rows : NO_BATCH) {
        guesses.add(new DrawnInputs(rows, lengths[0], past[0], integers[0]));
      }
    }
    return guesses;
  }

  private int batch(List<ValueInfo> open, long length) {
    DataSpec declared = draws.data();
    Integer wanted = declared == null ? null : declared.batch();
    if (wanted != null) {
      return wanted;
    }
    if (!axes.any()) {
      return 1;
    }
    return bytes(open, length) > LARGE_ROW ? 1 : Math.min(BATCH, draws.rows());
  }

  /** The size of a row. */
  private double bytes(List<ValueInfo> open, long length) {
    double row = 0;
    for (ValueInfo input : open) {
      double size = Math.max(1, input.type().bytes());
      for (Dim dim : input.shape()) {
        size *= dim.isFree() ? (double) length : (double) dim.size();
      }
      row += axes.inputs().containsKey(input.name()) ? size / (double) length : size;
    }
    return row;
  }

  private DataSpec data(DrawnInputs guess) {
    DataSpec declared = draws.data();
    DataSpec data =
        guess.complete(
            declared == null ? DataSpec.generated() : declared, signature, dimensions, purposes);
    if (data.limit() != null) {
      return data;
    }
    boolean large = bytes(signature.inputs(), guess.length()) > NOT_SMALL;
    int rows = large ? Math.min(FEW, draws.rows()) : draws.rows();
    int calls = Math.max(1, rows / guess.batch());
    return data.batch(guess.batch()).limit((long) calls * guess.batch());
  }

  private void tryOut(DataSpec data) {
    try (Feed feed = context.feed(data, model)) {
      feed.next().ifPresent(batch -> model.run(batch.inputs()));
    }
  }
}
