package org.modelvitals.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.platform.commons.io.Resource;
import org.junit.platform.commons.io.ResourceFilter;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.commons.support.ResourceSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClasspathRootSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.ModuleSelector;
import org.junit.platform.engine.discovery.PackageSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;
import org.modelvitals.suite.SuiteClass;

/**
 * Finds the suites in class path roots, packages and modules: classes and YAML files, side by side.
 * The platform's own resolvers for the two do not go together: the first that finds something wins.
 */
final class ContainerSelectorResolver implements SelectorResolver {
  private final Predicate<String> classNameFilter;
  private final ResourceFilter resources;

  ContainerSelectorResolver(Predicate<String> classNameFilter, Predicate<String> packageFilter) {
    this.classNameFilter = classNameFilter;
    this.resources =
        ResourceFilter.of(
            resource ->
                resource.getName().endsWith(FileSuites.SUFFIX)
                    && packageFilter.test(packageOf(resource.getName())));
  }

  private static String packageOf(String resource) {
    int end = resource.lastIndexOf('/');
    return end < 0 ? "" : resource.substring(0, end).replace('/', '.');
  }

  @Override
  public Resolution resolve(ClasspathRootSelector selector, Context context) {
    return both(
        ReflectionSupport.findAllClassesInClasspathRoot(
            selector.getClasspathRoot(),
            ContainerSelectorResolver::looksLikeSuite,
            classNameFilter),
        ResourceSupport.findAllResourcesInClasspathRoot(selector.getClasspathRoot(), resources));
  }

  @Override
  public Resolution resolve(PackageSelector selector, Context context) {
    return both(
        ReflectionSupport.findAllClassesInPackage(
            selector.getPackageName(), ContainerSelectorResolver::looksLikeSuite, classNameFilter),
        ResourceSupport.findAllResourcesInPackage(selector.getPackageName(), resources));
  }

  @Override
  public Resolution resolve(ModuleSelector selector, Context context) {
    return both(
        ReflectionSupport.findAllClassesInModule(
            selector.getModuleName(), ContainerSelectorResolver::looksLikeSuite, classNameFilter),
        ResourceSupport.findAllResourcesInModule(selector.getModuleName(), resources));
  }

  private static boolean looksLikeSuite(Class<?> type) {
    return SuiteClass.isSuite(type) || SuiteClass.doubt(type).isPresent();
  }

  private static Resolution both(List<Class<?>> classes, List<Resource> files) {
    Set<DiscoverySelector> selectors = new LinkedHashSet<>();
    classes.forEach(type -> selectors.add(DiscoverySelectors.selectClass(type)));
    files.forEach(
        file -> selectors.add(DiscoverySelectors.selectClasspathResource(file.getName())));
    return selectors.isEmpty() ? Resolution.unresolved() : Resolution.selectors(selectors);
  }
}
