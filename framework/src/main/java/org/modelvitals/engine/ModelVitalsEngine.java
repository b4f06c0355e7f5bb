package org.modelvitals.engine;

import java.util.Optional;
import org.junit.platform.commons.io.ResourceFilter;
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

/**
 * Runs health suites: classes with {@code @HealthSuite} and files named {@code *.vitals.yaml}.
 *
 * <p>Configuration parameters are described in {@link Settings}.
 */
public final class ModelVitalsEngine extends HierarchicalTestEngine<RunContext> {

  /** The engine's id, for instance for Surefire's {@code includeJUnit5Engines}. */
  public static final String ID = "model-vitals";

  private static final EngineDiscoveryRequestResolver<EngineNode> RESOLVER =
      EngineDiscoveryRequestResolver.<EngineNode>builder()
          .addClassContainerSelectorResolver(SuiteSelectorResolver::isSuite)
          .addResourceContainerSelectorResolver(
              ResourceFilter.of(
                  resource -> resource.getName().endsWith(SuiteSelectorResolver.SUFFIX)))
          .addSelectorResolver(
              context ->
                  new SuiteSelectorResolver(
                      Settings.of(context.getDiscoveryRequest().getConfigurationParameters()),
                      context.getClassNameFilter(),
                      context.getIssueReporter()))
          .addTestDescriptorVisitor(context -> TestDescriptor::prune)
          .build();

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
    RESOLVER.resolve(
        request,
        engine,
        DiscoveryIssueReporter.deduplicating(
            DiscoveryIssueReporter.forwarding(request.getDiscoveryListener(), uniqueId)));
    return engine;
  }

  @Override
  protected RunContext createExecutionContext(ExecutionRequest request) {
    return new RunContext(
        Settings.of(request.getConfigurationParameters()), request.getCancellationToken());
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
