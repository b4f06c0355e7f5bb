import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes data/digits-test.csv as Parquet: 64 pixels in a list, and the digit.
 *
 * <p>Needs: org.duckdb:duckdb_jdbc (tried with 1.4.1.0). Usage, in example-suites: java -cp
 * duckdb_jdbc.jar training/DigitsParquet.java
 */
final class DigitsParquet {
  public static void main(String[] args) throws Exception {
    String pixels =
        IntStream.range(0, 64).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(
          "COPY (SELECT list_transform([%s], p -> p::UTINYINT) AS pixels, digit::UTINYINT AS digit FROM '%s') TO '%s' (CODEC 'zstd')"
              .formatted(pixels, Path.of("data/digits-test.csv"), "data/digits-test.parquet"));
    }
  }
}
