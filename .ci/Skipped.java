import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads Surefire's reports and fails if a test was skipped for a reason that is not allowed: CI has
 * the models, the browser and the GPU that tests would skip for want of.
 *
 * <p>Argument: the file of allowed reasons, one regular expression a line, found in the skip's
 * message; lines that start with # say why.
 */
final class Skipped {
  private record Skip(String test, String reason) {}

  public static void main(String[] args) throws Exception {
    List<Pattern> allowed =
        Files.readAllLines(Path.of(args[0])).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Pattern::compile)
            .toList();
    List<Path> reports = reports();
    int tests = 0;
    int allowedSkips = 0;
    List<Skip> unwanted = new ArrayList<>();
    TreeMap<String, Integer> used = new TreeMap<>();
    for (Path report : reports) {
      NodeList cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
      tests += cases.getLength();
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        NodeList skips = test.getElementsByTagName("skipped");
        if (skips.getLength() == 0) {
          continue;
        }
        Element skipped = (Element) skips.item(0);
        String reason = skipped.getAttribute("message") + skipped.getTextContent();
        var pattern = allowed.stream().filter(p -> p.matcher(reason).find()).findFirst();
        if (pattern.isPresent()) {
          allowedSkips++;
          used.merge(pattern.get().pattern(), 1, Integer::sum);
        } else {
          unwanted.add(
              new Skip(test.getAttribute("classname") + " " + test.getAttribute("name"), reason));
        }
      }
    }
    System.out.printf(
        "%d tests in %d reports; %d skipped for allowed reasons %s, %d for others%n",
        tests, reports.size(), allowedSkips, used, unwanted.size());
    unwanted.forEach(
        skip -> System.out.printf("SKIPPED %s: %s%n", skip.test(), skip.reason().strip()));
    if (tests == 0 || !unwanted.isEmpty()) {
      System.exit(1);
    }
  }

  private static List<Path> reports() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(""), 4)) {
      return files
          .filter(
              file ->
                  file.getParent() != null
                      && file.getParent().endsWith("target/surefire-reports")
                      && file.getFileName().toString().matches("TEST-.*\\.xml"))
          .sorted()
          .toList();
    }
  }
}
