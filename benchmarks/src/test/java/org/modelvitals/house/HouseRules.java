package org.modelvitals.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rules, stated for a root package, so that they can also be held against a sick house. */
record HouseRules(String root) {

  /**
   * Types whose business is a standard stream: the line that renews itself on a terminal, the table
   * at the end of a run, the processes that talk to their parent through a pipe.
   */
  private static final String[] PRINTERS = {
    "WatchedProgress", "ChildMain", "ReportSink", "RunContext", "Summary"
  };

  /** Loaded by name, which no class file shows. */
  private static final Set<String> SERVICES =
      Set.of("TestEngine", "TestSource", "DiscoverySelector", "ProbeType", "RecordSink");

  /** What editors, docs and builds make use of: the suites' JSON Schema, the tables of probes. */
  private static final Set<String> TOOLS = Set.of("SuiteSchema", "ProbeTables");

  /** By what each says; for code that ships. */
  Map<String, ArchRule> ofMainCode() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "the framework knows no probe and no report",
        noClasses()
            .that(are("").and(DescribedPredicate.not(are(".checks..", ".reports.."))))
            .should()
            .dependOnClassesThat(are(".checks..", ".reports..")));
    rules.put(
        "probes know neither the engine nor records nor reports",
        noClasses()
            .that(are(".checks.."))
            .should()
            .dependOnClassesThat(are(".engine..", ".record..", ".reports..")));
    rules.put(
        "reports know run records and what these are made of",
        noClasses()
            .that(are(".reports.."))
            .should()
            .dependOnClassesThat(
                are("")
                    .and(
                        DescribedPredicate.not(
                            are(
                                    ".reports..",
                                    ".record..",
                                    ".reading..",
                                    ".verdict..",
                                    ".unit..",
                                    ".text..")
                                .or(conditions())))));
    rules.put("only model uses ONNX Runtime", only(".model", "ai.onnxruntime.."));
    rules.put("only model reads ONNX graphs", only(".model", "ai.onnx.proto.."));
    rules.put("only language uses DJL", only(".language", "ai.djl.."));
    rules.put(
        "only engine implements the JUnit Platform, and only runner calls it",
        noClasses()
            .that(DescribedPredicate.not(are(".engine..", ".runner..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.junit.platform..")));
    rules.put(
        "no package of a module knows itself through others",
        slices().matching(root + ".(**)").should().beFreeOfCycles());
    rules.put("every package is null-marked", classes().should(beInANullMarkedPackage()));
    rules.put(
        "what is public is used from another package",
        classes()
            .that(are("").and(DescribedPredicate.not(are(".checks..", ".suite..", ".assertj.."))))
            .and()
            .haveSimpleNameNotEndingWith("Generated") // templates: jte makes them public
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should(beUsedOutside()));
    rules.put(
        "nobody logs through java.util.logging",
        noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    rules.put(
        "nobody prints but the printers",
        classes().that(DescribedPredicate.not(printers())).should(not(ACCESS_STANDARD_STREAMS)));
    rules.put(
        "nobody ends the JVM but the command",
        noClasses()
            .that(DescribedPredicate.not(are(".runner..")))
            .should()
            .callMethod(System.class, "exit", int.class));
    return rules;
  }

  /** By what each says; for tests, those of benchmarks and examples too. */
  static Map<String, ArchRule> ofTests() {
    return Map.of(
        "no test sleeps",
        noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class));
  }

  private DescribedPredicate<JavaClass> are(String... packages) {
    String[] full = new String[packages.length];
    for (int i = 0; i < packages.length; i++) {
      full[i] = packages[i].isEmpty() ? root + ".." : root + packages[i];
    }
    return resideInAnyPackage(full);
  }

  /** A record holds conditions as texts; these read them back. */
  private DescribedPredicate<JavaClass> conditions() {
    return DescribedPredicate.describe(
        "conditions", type -> type.getName().startsWith(root + ".suite.Condition"));
  }

  private ArchRule only(String own, String foreign) {
    return noClasses()
        .that(DescribedPredicate.not(are(own + "..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(foreign);
  }

  private static DescribedPredicate<JavaClass> printers() {
    return DescribedPredicate.describe(
        "are printers",
        type -> {
          String outermost = type.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", "");
          for (String printer : PRINTERS) {
            if (outermost.matches(printer)) {
              return true;
            }
          }
          return false;
        });
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package with a package-info that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        JavaPackage home = type.getPackage();
        boolean marked =
            home.tryGetPackageInfo().filter(i -> i.isAnnotatedWith(NullMarked.class)).isPresent();
        events.add(
            new SimpleConditionEvent(
                type, marked, "%s is in %s".formatted(type.getName(), home.getName())));
      }
    };
  }

  /**
   * Public types are what somebody outside needs: another package, the author of a suite (he writes
   * annotations, catches exceptions, gets what other public types hand out), a service loader, or
   * the command line. Packages that only authors use are not asked.
   */
  private static ArchCondition<JavaClass> beUsedOutside() {
    return new ArchCondition<>("be used from another package, by suite authors, or be a service") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean used =
            type.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .anyMatch(
                    origin ->
                        !origin.getPackageName().equals(type.getPackageName())
                            || (origin.getModifiers().contains(JavaModifier.PUBLIC)
                                && handsOut(origin, type)));
        boolean forAuthors = type.isAnnotation() || type.isAssignableTo(Exception.class);
        boolean service = type.getAllRawInterfaces().stream().anyMatch(HouseRules::isService);
        boolean program = type.tryGetMethod("main", String[].class).isPresent();
        boolean forTools = TOOLS.contains(type.getSimpleName());
        events.add(
            new SimpleConditionEvent(
                type,
                used || forAuthors || service || program || forTools,
                type.getName() + " is public, but nobody outside its package needs it"));
      }
    };
  }

  private static boolean handsOut(JavaClass origin, JavaClass type) {
    return origin.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .anyMatch(method -> method.getRawReturnType().equals(type));
  }

  private static boolean isService(JavaClass type) {
    return SERVICES.contains(type.getSimpleName());
  }
}
