package org.modelvitals.checks.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.slices.Slicing;
import org.modelvitals.data.DataSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.suite.Measured;
import org.modelvitals.suite.ProbeSpec;
import org.modelvitals.text.Bounds;

/**
 * Classifies labelled rows and counts how often the model is right, for which classes and slices,
 * and how honest its probabilities are.
 *
 * @param data the rows, with the label in one column
 * @param label the column with the true class, by name or by number from 0
 * @param classes names of the classes; by default what the output tells
 * @param output the output with the prediction; null takes a sequence of maps, else the floating
 *     tensor whose name says probability, logit or score, else the first floating tensor, else the
 *     labels
 * @param kind what the output holds
 * @param top for which k {@code top-k accuracy[k]} is measured; 3 and 5 if empty
 * @param positive the class that binary measurements are about; the second one if null
 * @param slices parts of the rows for which the measurements are repeated; their columns are fed to
 *     the model where {@code data} names them as inputs, or where it lacks columns without them
 */
@Doc("Classifies labelled rows and counts how often the model is right.")
public record Classification(
    @Doc("The rows, with the label in one column.") DataSpec data,
    @Doc("The column with the true class, by name or by number from 0.") @Default("label")
        String label,
    @Doc("Names of the classes, in the order of the outputs.") @Nullable ClassNames classes,
    @Doc("The output with the prediction, if there are several.") @Nullable String output,
    @Doc("What the output holds: auto, logits, probabilities or labels.") @Default("auto")
        OutputKind kind,
    @Doc(value = "For which k top-k accuracy is measured.", example = "[3, 5]") @Minimum(1)
        List<Integer> top,
    @Doc("The class that binary measurements are about; the second one otherwise.")
        @Nullable String positive,
    @Doc(value = "Parts of the rows for which measurements are repeated.", example = "[size]")
        @Default("[]")
        Slicing slices)
    implements ProbeSpec {

  public Classification {
    top.forEach(k -> Bounds.atLeast(1, "top", k));
    top = List.copyOf(top);
  }

  /** Classifies {@code data}, whose column {@code label} holds the true class. */
  public static Classification classification(DataSpec data) {
    return new Classification(
        data, "label", null, null, OutputKind.AUTO, List.of(), null, Slicing.NONE);
  }

  /** The column with the true class. */
  public Classification label(String column) {
    return new Classification(data, column, classes, output, kind, top, positive, slices);
  }

  /** The names of the classes, in the order of the outputs. */
  public Classification classes(String... names) {
    return classes(new ClassNames(List.of(names), null, null));
  }

  /** The names of the classes from a text file with one name a line. */
  public Classification classesFile(String file) {
    return classes(new ClassNames(List.of(), file, null));
  }

  /** The names of the classes from the list at {@code pointer} (RFC 6901) of a JSON document. */
  public Classification classesFile(String file, String pointer) {
    return classes(new ClassNames(List.of(), file, pointer));
  }

  private Classification classes(ClassNames names) {
    return new Classification(data, label, names, output, kind, top, positive, slices);
  }

  /** The output with the prediction. */
  public Classification output(String name) {
    return new Classification(data, label, classes, name, kind, top, positive, slices);
  }

  /** What the output holds. */
  public Classification outputKind(OutputKind value) {
    return new Classification(data, label, classes, output, value, top, positive, slices);
  }

  /** For which k {@code top-k accuracy[k]} is measured. */
  public Classification topK(Integer... k) {
    return new Classification(data, label, classes, output, kind, List.of(k), positive, slices);
  }

  /** The class that binary measurements are about. */
  public Classification positive(String name) {
    return new Classification(data, label, classes, output, kind, top, name, slices);
  }

  /** Columns for whose values the measurements are repeated: {@code accuracy[size=large]}. */
  public Classification slices(String... columns) {
    return slices(Slicing.by(columns));
  }

  /** Parts of the rows for which the measurements are repeated. */
  public Classification slices(Slicing parts) {
    return new Classification(data, label, classes, output, kind, top, positive, parts);
  }

  /** The share of rows that are right. */
  public static Measured accuracy() {
    return Measured.measured("accuracy");
  }

  /** The share of right rows among those whose {@code column} is {@code value}. */
  public static Measured accuracy(String column, String value) {
    return Measured.measured("accuracy", column + "=" + value);
  }

  /** The accuracy of the worst slice. */
  public static Measured worstSlice() {
    return Measured.measured("worst slice");
  }

  /** How many weak slices the search found. */
  public static Measured weakSlices() {
    return Measured.measured("weak slices");
  }

  /** The share of rows whose true class is among the {@code k} most probable. */
  public static Measured topKAccuracy(int k) {
    return Measured.measured("top-k accuracy", Integer.toString(k));
  }

  /** The mean of the classes' recalls. */
  public static Measured balancedAccuracy() {
    return Measured.measured("balanced accuracy");
  }

  /** Of two classes, the recall of the positive one. */
  public static Measured recall() {
    return Measured.measured("recall");
  }

  /** Of the rows of a class, the share that the model finds. */
  public static Measured recall(String name) {
    return Measured.measured("recall", name);
  }

  /** The recall of a class among the rows whose {@code column} is {@code value}. */
  public static Measured recall(String name, String column, String value) {
    return Measured.measured("recall", name + ", " + column + "=" + value);
  }

  /** Of two classes, the precision of the positive one. */
  public static Measured precision() {
    return Measured.measured("precision");
  }

  /** Of the rows that the model gives a class, the share that are of it. */
  public static Measured precision(String name) {
    return Measured.measured("precision", name);
  }

  /** Of two classes, the F1 of the positive one. */
  public static Measured f1() {
    return Measured.measured("f1");
  }

  /** The harmonic mean of a class's precision and recall. */
  public static Measured f1(String name) {
    return Measured.measured("f1", name);
  }

  public static Measured macroRecall() {
    return Measured.measured("macro recall");
  }

  public static Measured macroPrecision() {
    return Measured.measured("macro precision");
  }

  public static Measured macroF1() {
    return Measured.measured("macro f1");
  }

  public static Measured microRecall() {
    return Measured.measured("micro recall");
  }

  public static Measured microPrecision() {
    return Measured.measured("micro precision");
  }

  public static Measured microF1() {
    return Measured.measured("micro f1");
  }

  public static Measured weightedRecall() {
    return Measured.measured("weighted recall");
  }

  public static Measured weightedPrecision() {
    return Measured.measured("weighted precision");
  }

  public static Measured weightedF1() {
    return Measured.measured("weighted f1");
  }

  /** The mean negative log-probability of the true class, in nats. */
  public static Measured logLoss() {
    return Measured.measured("log loss");
  }

  /** The mean squared error of the probabilities. */
  public static Measured brierScore() {
    return Measured.measured("brier score");
  }

  /** How far confidence is from accuracy, on average over 15 bins of confidence. */
  public static Measured expectedCalibrationError() {
    return Measured.measured("expected calibration error");
  }

  /** Of two classes, the area under the ROC curve of the positive one. */
  public static Measured rocAuc() {
    return Measured.measured("roc auc");
  }

  /** The area under the ROC curve of a class against all others. */
  public static Measured rocAuc(String name) {
    return Measured.measured("roc auc", name);
  }

  /** The mean of the classes' areas under the ROC curve, each against all others. */
  public static Measured macroRocAuc() {
    return Measured.measured("macro roc auc");
  }

  /** Agreement beyond chance. */
  public static Measured cohenKappa() {
    return Measured.measured("cohen kappa");
  }

  /** The correlation of labels and predictions. */
  public static Measured matthewsCorrelation() {
    return Measured.measured("matthews correlation");
  }

  /** How many rows were classified. */
  public static Measured rows() {
    return Measured.measured("rows");
  }

  /** In how many rows an output is not a number or infinite; expected to be none. */
  public static Measured nonFiniteOutputs() {
    return Measured.measured("non-finite outputs");
  }
}
