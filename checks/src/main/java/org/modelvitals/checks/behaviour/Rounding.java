package org.modelvitals.checks.behaviour;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.modelvitals.checks.export.Allowance;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Model;
import org.modelvitals.model.OnnxGraph;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;

/** How far two answers of one model may be from each other if nothing but rounding differs. */
final class Rounding {
  /** A last bit that differs moves a rounded number by a whole step. */
  private static final double QUANTIZED = 0.02;

  private Rounding() {}

  /** What is declared, an absolute bound, or else what the model's types can explain. */
  static Tolerance of(@Nullable Double declared, Model model) {
    return declared == null
        ? new Tolerance(0, 0, share(model))
        : new Tolerance(0, declared.doubleValue());
  }

  /**
   * The same between two sessions, which may compute what is quantised in another precision: the
   * runtime fuses the operators around it, or does not.
   */
  static Tolerance ofSessions(@Nullable Double declared, Model model) {
    Tolerance rounding = of(declared, model);
    boolean quantized =
        operators(model).stream()
            .anyMatch(name -> name.contains("quantizeLinear") || name.contains("QuantizeLinear"));
    return declared == null && quantized
        ? new Tolerance(0, 0, Math.max(QUANTIZED, rounding.share()))
        : rounding;
  }

  private static double share(Model model) {
    return Allowance.of(null, precision(model.signature()), operators(model)).share();
  }

  static Set<String> operators(Model model) {
    return OnnxGraph.operators(model.file().path());
  }

  /** The coarsest type that goes in or comes out. */
  private static ElementType precision(Signature signature) {
    Set<ElementType> types =
        Stream.concat(signature.inputs().stream(), signature.outputs().stream())
            .map(ValueInfo::type)
            .collect(Collectors.toSet());
    return Stream.of(ElementType.BFLOAT16, ElementType.FLOAT16)
        .filter(types::contains)
        .findFirst()
        .orElse(ElementType.FLOAT32);
  }
}
