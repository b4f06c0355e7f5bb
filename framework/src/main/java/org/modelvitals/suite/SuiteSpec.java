package org.modelvitals.suite;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.DeviceSpec;
import org.modelvitals.model.SessionSpec;

/**
 * The checks of one model, as plain data: what Java classes and YAML files both become.
 *
 * @param name as reports show it
 * @param model the model's path as it was written, relative to where the suite says; a folder or a
 *     glob pattern stands for a suite of each model in it
 * @param containment of the checks that say nothing of their own
 * @param include keywords of the {@linkplain ReadySuite ready suites} whose checks are added
 * @param checks in the order of declaration, names unique; one of the same name as an included
 *     check takes its place
 * @param baseline the approved run, relative to where the suite says; null if there is none
 */
public record SuiteSpec(
    String name,
    String model,
    DeviceSpec device,
    SessionSpec session,
    Set<String> tags,
    Containment containment,
    List<String> include,
    List<CheckSpec> checks,
    @Nullable String baseline) {
  public SuiteSpec {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model is blank; a suite names the file of a model");
    }
    tags = Set.copyOf(tags);
    include = List.copyOf(include);
    checks = List.copyOf(checks);
  }

  /** A suite that includes no other, has nothing contained, and names no baseline. */
  public SuiteSpec(
      String name,
      String model,
      DeviceSpec device,
      SessionSpec session,
      Set<String> tags,
      List<CheckSpec> checks) {
    this(name, model, device, session, tags, Containment.NONE, List.of(), checks, null);
  }

  /** The same suite, all of whose checks run isolated or none of them, whatever they say. */
  public SuiteSpec isolated(boolean value) {
    return new SuiteSpec(
        name,
        model,
        device,
        session,
        tags,
        containment.isolated(value),
        include,
        checks.stream()
            .map(
                spec ->
                    new CheckSpec(
                        spec.name(),
                        spec.check().contained(spec.check().containment().isolated(null))))
            .toList(),
        baseline);
  }

  /** The same suite, held against the approved run in a file. */
  public SuiteSpec baseline(String file) {
    return new SuiteSpec(name, model, device, session, tags, containment, include, checks, file);
  }
}
