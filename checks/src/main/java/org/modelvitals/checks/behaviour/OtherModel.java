package org.modelvitals.checks.behaviour;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.modelvitals.data.InputSpec;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Shorthand;

/**
 * Another model that is run on the same data, for comparison.
 *
 * @param file the model, relative to the suite
 * @param inputs where its inputs take their values from, if not from where the suite's model does
 * @param outputs its outputs by the names that the suite's model has for them; others belong
 *     together by name, or by order if the names have nothing in common
 */
@Doc("Another model that is run on the same data, for comparison.")
@Shorthand("file")
public record OtherModel(
    @Doc(value = "The model, relative to the suite.", example = "model-fp32.onnx") String file,
    @Doc("Inputs whose values come from elsewhere than those of the suite's model.")
        Map<String, InputSpec> inputs,
    @Doc(value = "Its outputs that have other names.", example = "{logits: output}")
        Map<String, String> outputs) {

  public OtherModel {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** A model with the same inputs and outputs. */
  public static OtherModel model(String file) {
    return new OtherModel(file, Map.of(), Map.of());
  }
}
