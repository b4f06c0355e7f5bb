package org.modelvitals.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DirectorySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.FileSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.discovery.SelectorResolver;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.Node;

/**
 * What the platform costs and no engine can save: a tree of the same shape and with the same
 * sources as ours, of files that nobody reads and tests that do nothing.
 */
final class BareEngine extends HierarchicalTestEngine<EngineExecutionContext> {
  private final int tests;

  /**
   * @param tests how many each file has
   */
  BareEngine(int tests) {
    this.tests = tests;
  }

  @Override
  public String getId() {
    return "bare";
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
    EngineDescriptor engine = new EngineDescriptor(id, "bare");
    EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
        .addSelectorResolver(new Files())
        .build()
        .resolve(request, engine);
    return engine;
  }

  @Override
  protected EngineExecutionContext createExecutionContext(ExecutionRequest request) {
    return new EngineExecutionContext() {};
  }

  private final class Files implements SelectorResolver {
    @Override
    public Resolution resolve(DirectorySelector selector, Context context) {
      Set<DiscoverySelector> files = new LinkedHashSet<>();
      String[] names = selector.getDirectory().list();
      Arrays.sort(names);
      for (String name : names) {
        files.add(DiscoverySelectors.selectFile(selector.getPath().resolve(name).toFile()));
      }
      return Resolution.selectors(files);
    }

    @Override
    public Resolution resolve(FileSelector selector, Context context) {
      return context
          .addToParent(parent -> Optional.of(file(parent.getUniqueId(), selector)))
          .map(file -> Resolution.match(Match.exact(file)))
          .orElseGet(Resolution::unresolved);
    }

    private TestDescriptor file(UniqueId parent, FileSelector selector) {
      String path = selector.getPath().toString();
      Bare file =
          new Bare(
              parent.append("file", path),
              path,
              FileSource.from(selector.getFile()),
              TestDescriptor.Type.CONTAINER);
      for (int i = 0; i < tests; i++) {
        String name = "check " + i;
        file.addChild(
            new Bare(
                file.getUniqueId().append("check", name),
                name,
                FileSource.from(selector.getFile(), FilePosition.from(i + 1, 1)),
                TestDescriptor.Type.TEST));
      }
      return file;
    }
  }

  private static final class Bare extends AbstractTestDescriptor
      implements Node<EngineExecutionContext> {
    private final Type type;

    private Bare(UniqueId id, String name, TestSource source, Type type) {
      super(id, name, source);
      this.type = type;
    }

    @Override
    public Type getType() {
      return type;
    }
  }
}
