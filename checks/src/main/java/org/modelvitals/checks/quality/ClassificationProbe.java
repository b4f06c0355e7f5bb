package org.modelvitals.checks.quality;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.checks.slices.SliceInfo;
import org.modelvitals.checks.slices.Slicer;
import org.modelvitals.checks.slices.Unfed;
import org.modelvitals.probe.DataPass;
import org.modelvitals.probe.MeasurementInfo;
import org.modelvitals.probe.ProbeContext;
import org.modelvitals.probe.ProbeException;
import org.modelvitals.probe.ProbeType;
import org.modelvitals.reading.Reading;
import org.modelvitals.reading.RowStatistic;
import org.modelvitals.suite.Expectation;
import org.modelvitals.unit.Unit;

/** The probe that {@link Classification} declares. */
public final class ClassificationProbe implements ProbeType<Classification> {

  @Override
  public String keyword() {
    return "classification";
  }

  @Override
  public Class<Classification> specification() {
    return Classification.class;
  }

  @Override
  public List<MeasurementInfo> measurements() {
    return List.of(
        MeasurementInfo.withParts(
            "accuracy",
            "column=value",
            Unit.FRACTION,
            "The share of rows that are right; a row whose output is no finite number is wrong."
                + " Wilson interval."),
        SliceInfo.worstSlice("accuracy", Unit.FRACTION),
        SliceInfo.weakSlices(),
        SliceInfo.weakSliceGap("share of wrong rows", Unit.FRACTION),
        share("balanced accuracy", "The mean recall of the classes that have rows."),
        share(
            "macro recall",
            "The mean recall of the classes that occur among labels or predictions; 0 where it is"
                + " undefined, as in scikit-learn."),
        share("macro precision", "The mean precision of the classes, as macro recall."),
        share("macro f1", "The mean F1 of the classes, as macro recall."),
        share("micro recall", "Hits of all classes among all rows."),
        share("micro precision", "Hits of all classes among all predictions."),
        share("micro f1", "The harmonic mean of micro precision and micro recall."),
        share("weighted recall", "The mean recall of the classes, each weighted by its rows."),
        share("weighted precision", "The mean precision, each class weighted by its rows."),
        share("weighted f1", "The mean F1, each class weighted by its rows."),
        MeasurementInfo.withParts(
            "recall",
            "class, or class, column=value",
            Unit.FRACTION,
            "Of the rows of a class, the share that the model finds; without a part that of the"
                + " positive one of two classes. Wilson interval."),
        MeasurementInfo.withParts(
            "precision",
            "class, or class, column=value",
            Unit.FRACTION,
            "Of the rows that the model gives a class, the share that are of it; without a part"
                + " that of the positive one of two classes. Wilson interval."),
        MeasurementInfo.withParts(
            "f1",
            "class, or class, column=value",
            Unit.FRACTION,
            "The harmonic mean of precision and recall; without a part that of the positive one of"
                + " two classes."),
        MeasurementInfo.ofParts(
            "top-k accuracy",
            "k, or k, column=value",
            Unit.FRACTION,
            "The share of rows whose true class is among the k most probable; of equal ones the"
                + " class that comes first counts as more probable. Wilson interval."),
        MeasurementInfo.withParts(
            "log loss",
            "column=value",
            Unit.NATS,
            "The mean negative log-probability of the true class; probabilities that the output"
                + " gives itself are not taken as smaller than its type's precision (float32:"
                + " 1.2e-7), as in scikit-learn. t interval."),
        MeasurementInfo.withParts(
            "brier score",
            "column=value",
            Unit.NUMBER,
            "Of two classes the mean of (p - y)^2 for the positive one, 0 to 1; of more the mean of"
                + " the sum over classes of (p - y)^2, 0 to 2 (Brier 1950). t interval."),
        share(
            "expected calibration error",
            "The mean distance of confidence and accuracy of the most probable class over 15 bins"
                + " of equal width, weighted by rows (Guo et al. 2017). Basic bootstrap interval,"
                + " which holds the true value in some 90 % of samples of a few hundred rows."),
        MeasurementInfo.withParts(
            "roc auc",
            "class, or class, column=value",
            Unit.FRACTION,
            "The area under the ROC curve, ties counted half: of the positive one of two classes,"
                + " or of a class against all others. Exact for the first 4,194,304 scores (shared"
                + " by the classes); past that from 4,096 bins, with bounds. DeLong"
                + " interval; Newcombe's where all rows are in the right order."),
        share(
            "macro roc auc",
            "The mean area under the ROC curve of the classes, each against all others."),
        MeasurementInfo.withParts(
            "cohen kappa", "column=value", Unit.NUMBER, "Agreement beyond chance (Cohen 1960)."),
        MeasurementInfo.withParts(
            "matthews correlation",
            "column=value",
            Unit.NUMBER,
            "The correlation of labels and predictions (Gorodkin 2004 for several classes)."),
        MeasurementInfo.number("rows", Unit.NUMBER, "How many rows were classified."),
        MeasurementInfo.number(
            "non-finite outputs",
            Unit.NUMBER,
            "In how many rows an output is NaN or infinite; expected to be none."),
        MeasurementInfo.text(
            "output kind", "What the output was taken for: logits, probabilities or labels."));
  }

  private static MeasurementInfo share(String name, String description) {
    return MeasurementInfo.withParts(name, "column=value", Unit.FRACTION, description);
  }

  @Override
  public List<Expectation> implied(Classification specification) {
    return List.of(Classification.nonFiniteOutputs().isEqualTo(0));
  }

  @Override
  public Reading probe(Classification specification, ProbeContext context) {
    Set<String> reserved =
        Unfed.of(specification.slices(), specification.label(), specification.data(), context);
    ClassificationAccumulator accumulator =
        new ClassificationAccumulator(
            specification,
            classes(specification, context),
            Slicer.of(specification.slices(), specification.data(), context),
            context.keepsRows(),
            context.seed());
    return DataPass.run(context, specification.data(), reserved, accumulator).finish();
  }

  @Override
  public Optional<RowStatistic> statistic(Classification specification, String measurement) {
    return ClassificationStatistics.of(specification, measurement);
  }

  private static List<String> classes(Classification specification, ProbeContext context) {
    ClassNames names = specification.classes();
    if (names == null) {
      return List.of();
    }
    String file = names.file();
    if (file == null) {
      return names.names();
    }
    if (!names.names().isEmpty()) {
      throw new ProbeException(
          "classes are listed and named by the file '%s'; leave one out".formatted(file));
    }
    return ClassNamesFile.read(context.resolve(file), names.pointer());
  }
}
