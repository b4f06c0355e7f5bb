package org.modelvitals.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.suite.Timeout;
import org.snakeyaml.engine.v2.nodes.Node;

/** The top level of a suite in YAML. */
@Doc("The checks of one model.")
record SuiteForm(
    @Doc("The suite's name in reports; the file's name if left out.") @Nullable String name,
    @Doc(
            value = "The model, or a folder or pattern of models, relative to this file.",
            example = "models/digits.onnx")
        String model,
    @Doc("The device that the model runs on.") @Default("cpu") DeviceSpec device,
    @Doc("Options of the runtime's session.") @Default("{}") SessionSpec session,
    @Doc(
            value = "The approved run that conditions can be held against, relative to this file.",
            example = "digits.approved.json")
        @Nullable String baseline,
    @Doc(value = "JUnit Platform tags of all checks.", example = "[fast]") List<SuiteTag> tags,
    @Doc("Whether the model runs in processes of its own, so that it may crash.")
        @Nullable Boolean isolated,
    @Doc(
            value = "The longest that a check may take; then it is stopped and fails.",
            example = "5 min")
        @Nullable Timeout timeout,
    @Doc(value = "Ready suites whose checks are added.", example = "[checkup]")
        List<String> include,
    @Doc("The checks by their names.") @Nullable Node checks) {

  static final Shape.Fields SHAPE = Shapes.record(SuiteForm.class);
}
