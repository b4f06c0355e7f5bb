package org.modelvitals.checks.behaviour;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.modelvitals.checks.artifact.Artifact;
import org.modelvitals.checks.budget.Budget;
import org.modelvitals.checks.budget.MemorySpec;
import org.modelvitals.checks.export.CacheEquivalence;
import org.modelvitals.checks.export.Causality;
import org.modelvitals.checks.export.PaddingInvariance;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.OnnxGraph;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.model.Signature;
import org.modelvitals.model.ValueInfo;
import org.modelvitals.suite.CheckSpec;
import org.modelvitals.suite.HealthCheck;
import org.modelvitals.suite.ReadySuite;
import org.modelvitals.unit.Quantity;

/** What can be asked of any model without labels, with nothing but its file. */
public final class Checkup implements ReadySuite {
  private static final SessionSpec PLAIN =
      SessionSpec.DEFAULT.optimization(SessionSpec.Optimization.NONE);

  /** Of ONNX Runtime; it knows padding on the right only. */
  private static final String GROUPED = "com.microsoft::GroupQueryAttention";

  /** Enough for an arena to have grown to its size, and for a leak of 32 KiB to show. */
  private static final long CALLS = 1000;

  /** Calls with large inputs, such as images, take long. */
  private static final long FEW_CALLS = 50;

  private static final long SMALL = 8192;

  private static final double GROWTH_KIB = 32;

  /** Weights are held twice while a graph is optimised, and repacked for the machine. */
  private static final double LOADED_TIMES = 8;

  private static final double LOADED_MIB = 64;

  @Override
  public String keyword() {
    return "checkup";
  }

  @Override
  public String description() {
    return "What can be asked of any model without labels, with nothing but its file.";
  }

  @Override
  public List<CheckSpec> checks(Path model) {
    List<CheckSpec> checks = new ArrayList<>();
    add(checks, "is a sound file", Artifact.artifact().check());
    add(checks, "answers in finite numbers", FiniteOutputs.finiteOutputs().check());
    add(checks, "says the same every time", Determinism.determinism().check());
    add(checks, "answers a row alone as in a batch", BatchInvariance.batchInvariance().check());
    add(checks, "says the same without graph optimisations", Parity.parityWith(PLAIN).check());
    add(checks, "hears every input and moves every output", Liveness.liveness().check());
    add(checks, "does not turn on the last bit", LastBit.lastBit().check());
    Optional<Signature> signature = OnnxGraph.signature(model);
    signature.ifPresent(known -> language(checks, known, OnnxGraph.operators(model)));
    if (signature.filter(Checkup::isFedByItsSignature).isPresent()) {
      add(checks, "keeps its memory", memory(model, signature.get()));
    }
    return checks;
  }

  private static void add(List<CheckSpec> checks, String name, HealthCheck check) {
    checks.add(new CheckSpec(name, check));
  }

  /**
   * What holds for a decoder whatever it was trained on. An encoder, which sees later tokens, has
   * the types of tokens instead of positions or a cache.
   */
  private static void language(List<CheckSpec> checks, Signature signature, Set<String> operators) {
    List<String> inputs = names(signature.inputs());
    boolean cached = inputs.stream().anyMatch(name -> name.startsWith("past"));
    boolean decoder =
        inputs.contains("input_ids")
            && names(signature.outputs()).contains("logits")
            && (cached || inputs.contains("position_ids"))
            && inputs.stream().noneMatch(n -> n.contains("encoder") || n.contains("token_type"));
    if (!decoder) {
      return;
    }
    add(checks, "does not look ahead", Causality.causality().check());
    if (cached) {
      add(
          checks,
          "says with its cache what it says without",
          CacheEquivalence.cacheEquivalence().check());
    }
    if (inputs.contains("attention_mask") && !operators.contains(GROUPED)) {
      add(checks, "does not read padding", PaddingInvariance.paddingInvariance().check());
    }
  }

  private static List<String> names(List<ValueInfo> values) {
    return values.stream().map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** The memory of a model is measured with inputs in which free dimensions are 1. */
  private static boolean isFedByItsSignature(Signature signature) {
    return !signature.inputs().isEmpty()
        && signature.inputs().stream()
            .allMatch(
                input ->
                    input.isTensor()
                        && input.type() == ElementType.FLOAT32
                        && input.shape().stream().skip(1).noneMatch(Dim::isFree));
  }

  private static HealthCheck memory(Path model, Signature signature) {
    long elements =
        signature.inputs().stream()
            .mapToLong(
                input ->
                    input.shape().stream()
                        .mapToLong(dim -> Math.max(1, dim.size()))
                        .reduce(1, (a, b) -> a * b))
            .sum();
    double file = (double) model.toFile().length() / (1 << 20);
    return MemorySpec.memory()
        .calls(elements > SMALL ? FEW_CALLS : CALLS)
        .check()
        .expect(Budget.loaded().isAtMost(Quantity.mebibytes(LOADED_MIB + LOADED_TIMES * file)))
        .expect(Budget.growthPerCall().isAtMost(Quantity.kibibytes(GROWTH_KIB)));
  }
}
