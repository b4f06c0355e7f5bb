package org.modelvitals.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.InputFiller.Stacking;
import org.modelvitals.model.Signature;

/** Opens datasets. */
public final class Feeds {
  /** Rows in a batch where nothing speaks for another size. */
  private static final int USUAL_BATCH = 32;

  private Feeds() {}

  /**
   * Opens a dataset for feeding a model; the caller closes it.
   *
   * @param resolve turns a path of the declaration into one that exists
   * @param signature of the model that is fed
   * @param dimensions values of named free dimensions
   * @param seed of everything random
   * @param reserved columns that the probe reads itself: they are not fed to the model unless the
   *     declaration names them as an input
   * @throws DataException if the declaration does not fit the model or the data
   */
  public static Feed open(
      DataSpec data,
      Function<String, Path> resolve,
      Signature signature,
      Map<String, Long> dimensions,
      long seed,
      Set<String> reserved) {
    return open(data, resolve, signature, dimensions, seed, reserved, RowOrder.AS_THEY_COME);
  }

  /**
   * Opens a dataset whose rows come in an order that is asked for.
   *
   * @throws DataException also if the order is random, but a row is fed what came out of another
   */
  public static Feed open(
      DataSpec data,
      Function<String, Path> resolve,
      Signature signature,
      Map<String, Long> dimensions,
      long seed,
      Set<String> reserved,
      RowOrder order) {
    return open(data, resolve, signature, dimensions, seed, reserved, order, Perturbations.NONE);
  }

  /**
   * Opens a dataset whose rows are changed before they are fed.
   *
   * @throws DataException also if there is nothing that could be changed so
   */
  public static Feed open(
      DataSpec data,
      Function<String, Path> resolve,
      Signature signature,
      Map<String, Long> dimensions,
      long seed,
      Set<String> reserved,
      RowOrder order,
      Perturbations perturbations) {
    return open(
        data, resolve, signature, signature, dimensions, seed, reserved, order, perturbations);
  }

  /**
   * Opens a dataset whose columns are not fed to the model that they are called after: values that
   * its outputs are compared with are read as if they were inputs.
   *
   * @param dataset of the model after whose inputs and outputs ONNX test data call their columns
   * @param signature of the model that is fed
   */
  public static Feed open(
      DataSpec data,
      Function<String, Path> resolve,
      Signature dataset,
      Signature signature,
      Map<String, Long> dimensions,
      long seed,
      Set<String> reserved) {
    return open(
        data,
        resolve,
        dataset,
        signature,
        dimensions,
        seed,
        reserved,
        RowOrder.AS_THEY_COME,
        Perturbations.NONE);
  }

  private static Feed open(
      DataSpec data,
      Function<String, Path> resolve,
      Signature dataset,
      Signature signature,
      Map<String, Long> dimensions,
      long seed,
      Set<String> reserved,
      RowOrder order,
      Perturbations perturbations) {
    RowSource source = source(data, resolve, dataset);
    TextTokens texts = new TextTokens();
    try {
      if (order != RowOrder.AS_THEY_COME) {
        HeldSource held =
            new HeldSource(source, data.limit() == null ? Long.MAX_VALUE : data.limit());
        source = order == RowOrder.RANDOM ? held.shuffled(seed) : held;
      }
      Row first = new Row();
      if (!source.next(first)) {
        throw new DataException(source.name() + " has no rows");
      }
      Binding binding =
          new Binding(data, source, signature, dimensions, seed, reserved, resolve, texts);
      List<InputFiller> fillers = binding.fillers();
      if (order == RowOrder.RANDOM && fillers.stream().anyMatch(FeedbackFiller.class::isInstance)) {
        fillers.forEach(InputFiller::close);
        throw new DataException(
            source.name()
                + ": rows are fed what came out of the one before them, so they cannot be read in"
                + " random order");
      }
      Perturber perturber =
          Perturber.of(perturbations, source, () -> source(data, resolve, dataset));
      return feed(data, binding, first, fillers, perturber);
    } catch (RuntimeException e) {
      texts.close();
      source.close();
      throw e;
    }
  }

  private static RowSource source(
      DataSpec data, Function<String, Path> resolve, Signature dataset) {
    String file = data.file();
    if (file != null) {
      return Formats.open(data, file, resolve, dataset);
    }
    long calls = data.limit() == null ? 1 : data.limit();
    // A batch of generated rows is one call unless a limit asks for more.
    long rows = data.limit() == null && data.batch() != null ? data.batch() : calls;
    return new GeneratedSource(rows);
  }

  private static Feed feed(
      DataSpec data, Binding binding, Row first, List<InputFiller> fillers, Perturber perturber) {
    try {
      RowSource source = binding.source();
      int fixed = 0;
      boolean single = false;
      boolean rows = false;
      for (InputFiller filler : fillers) {
        if (filler instanceof InputFiller.OfRows ofRows) {
          rows = true;
          Stacking stacking = ofRows.fit(first, source.wholeTensors());
          fixed = agree(fixed, stacking.rows(), filler.axes());
          single |= stacking.single();
        } else {
          single |= filler instanceof FeedbackFiller;
        }
      }
      int batch = batch(data.batch(), fixed, single || !rows);
      for (InputFiller filler : fillers) {
        if (filler instanceof GeneratedFiller generated) {
          generated.requirePossible(batch);
        }
      }
      long limit = data.limit() == null ? Long.MAX_VALUE : data.limit();
      return new RowFeed(
          source,
          binding.texts(),
          first,
          fillers,
          () -> fillersLikeThose(binding, first),
          binding.dimensions(),
          batch,
          fixed > 0,
          limit,
          perturber);
    } catch (RuntimeException e) {
      fillers.forEach(InputFiller::close);
      throw e;
    }
  }

  private static List<InputFiller> fillersLikeThose(Binding binding, Row first) {
    List<InputFiller> fillers = binding.fillers();
    for (InputFiller filler : fillers) {
      if (filler instanceof InputFiller.OfRows ofRows) {
        ofRows.fit(first, binding.source().wholeTensors());
      }
    }
    return fillers;
  }

  private static int agree(int fixed, int rows, Axes axes) {
    if (fixed > 0 && rows > 0 && fixed != rows) {
      throw new DataException(
          "%s takes %d rows in a call, another input takes %d; say with 'shape:' what a row is"
              .formatted(axes, rows, fixed));
    }
    return Math.max(fixed, rows);
  }

  private static int batch(@Nullable Integer wanted, int fixed, boolean single) {
    if (wanted != null && fixed > 0 && wanted != fixed) {
      throw new DataException(
          "batch: %d does not fit the model, which takes %s in a call"
              .formatted(wanted, Wording.count(fixed, "row")));
    }
    if (wanted != null) {
      return wanted;
    }
    return fixed > 0 ? fixed : single ? 1 : USUAL_BATCH;
  }
}
