package org.modelvitals.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.config.PrefixedConfigurationParameters;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.ParallelHierarchicalTestExecutorServiceFactory;
import org.modelvitals.run.CheckRunner;

/**
 * Runs health suites: classes with {@code @HealthSuite} and files named {@code *.vitals.yaml}.
 *
 * <p>Mistakes in declarations and in configuration parameters are discovery issues of severity
 * ERROR, all of them at once; the platform then runs nothing of this engine.
 */
public final class ModelVitalsEngine extends HierarchicalTestEngine<RunContext> {

  /** The engine's id, for instance for Surefire's {@code includeJUnit5Engines}. */
  public static final String ID = "model-vitals";

  private static final EngineDiscoveryRequestResolver<EngineNode> RESOLVER =
      EngineDiscoveryRequestResolver.<EngineNode>builder()
          .addSelectorResolver(
              context ->
                  new ContainerSelectorResolver(
                      context.getClassNameFilter(), context.getPackageFilter()))
          .addSelectorResolver(
              context ->
                  new SuiteSelectorResolver(
                      context.getEngineDescriptor().getUniqueId(),
                      context.getClassNameFilter(),
                      new Discovery(
                          Settings.of(context.getDiscoveryRequest().getConfigurationParameters()),
                          context.getIssueReporter())))
          .addTestDescriptorVisitor(context -> TestDescriptor::prune)
          .build();

  private final Consumer<CheckRunner> watcher;

  public ModelVitalsEngine() {
    this(runner -> {});
  }

  /**
   * An engine that is watched, for tests.
   *
   * @param watcher is given what runs the checks of each run
   */
  ModelVitalsEngine(Consumer<CheckRunner> watcher) {
    this.watcher = watcher;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Optional<String> getGroupId() {
    return Optional.of("org.modelvitals");
  }

  @Override
  public Optional<String> getArtifactId() {
    return Optional.of("modelvitals-framework");
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
    EngineNode engine = new EngineNode(uniqueId);
    List<String> mistakes = new ArrayList<>();
    DiscoveryIssueReporter issues =
        DiscoveryIssueReporter.forwarding(request.getDiscoveryListener(), uniqueId);
    RESOLVER.resolve(
        request,
        engine,
        DiscoveryIssueReporter.deduplicating(
            issue -> {
              if (issue.severity() == DiscoveryIssue.Severity.ERROR) {
                mistakes.add(issue.message());
              }
              issues.reportIssue(issue);
            }));
    if (!mistakes.isEmpty()) {
      EarlierReports.invalidate(
          mistakes, Settings.of(request.getConfigurationParameters()).report(), issues);
    }
    return engine;
  }

  @Override
  protected RunContext createExecutionContext(ExecutionRequest request) {
    Settings settings = Settings.of(request.getConfigurationParameters());
    if (!settings.problems().isEmpty()) {
      // Only where discovery issues were told not to stop the run.
      throw new JUnitException(String.join("; ", settings.problems()));
    }
    RunContext context = new RunContext(settings, request.getCancellationToken());
    watcher.accept(context.runner());
    return context;
  }

  @Override
  protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
    return Settings.of(request.getConfigurationParameters()).parallel()
        ? ParallelHierarchicalTestExecutorServiceFactory.create(
            new PrefixedConfigurationParameters(
                request.getConfigurationParameters(), Settings.PREFIX + "parallel.config."))
        : super.createExecutorService(request);
  }
}
