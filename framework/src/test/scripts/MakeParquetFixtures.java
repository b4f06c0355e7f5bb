import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * Parquet files written by DuckDB, an implementation of its own, and the same rows as JSON Lines.
 *
 * <p>Needs: org.duckdb:duckdb_jdbc (tried with 1.4.1.0). Usage: java -cp duckdb_jdbc.jar
 * MakeParquetFixtures.java [folder]
 */
final class MakeParquetFixtures {
  private static final String ROWS =
      """
      CREATE TABLE kinds AS SELECT
        i::BIGINT AS id,
        (i * 7 - 100)::TINYINT AS i1, (i * 700 - 10000)::SMALLINT AS i2, (i * 70000 - 1000000)::INTEGER AS i4,
        (i * 7)::UTINYINT AS u1, (i * 2000)::USMALLINT AS u2, (i * 140000000)::UINTEGER AS u4,
        (18446744073709551615 - i)::UBIGINT AS u8,
        (i * 0.25 - 3)::FLOAT AS f4, (i / 3.0)::DOUBLE AS f8,
        (i * 1.25)::DECIMAL(9, 2) AS dec9, (i * 1000000000000.5)::DECIMAL(30, 1) AS dec30,
        i::DECIMAL(10, 0) AS whole,
        i % 3 = 0 AS truth,
        CASE WHEN i % 5 = 0 THEN NULL ELSE 'cat ' || (i % 4) END AS label,
        'ünïque ' || i AS text,
        CASE WHEN i % 4 = 0 THEN NULL ELSE i * 0.5::DOUBLE END AS gaps,
        [(i * 0.5)::FLOAT, (i + 1)::FLOAT, (i - 2.5)::FLOAT] AS vector,
        [[i, i + 1], [i + 2, i + 3], [i + 4, i + 5]] AS matrix,
        CASE WHEN i % 6 = 0 THEN NULL ELSE range(i % 4) END AS ragged,
        [i, NULL, i + 1] AS holes,
        {'a': i, 'b': CASE WHEN i % 2 = 0 THEN NULL ELSE 'x' || i END, 'c': [i, i]} AS struct,
        [{'k': i}, {'k': i + 1}] AS structs,
        MAP {'one': i, 'two': i + 1} AS map,
        (DATE '2024-02-27' + i::INTEGER) AS day,
        TIME '01:02:03.5' AS clock,
        (TIMESTAMP '1969-12-31 23:59:58.25' + to_seconds(i)) AS moment,
        'ab'::BLOB AS raw,
        ('00000000-0000-0000-0000-0000000000' || lpad(i::VARCHAR, 2, '0'))::UUID AS uuid
      FROM range(30) r(i)
      """;

  /** As they are in Parquet: JSON has no dates, and DuckDB writes some types in its own way. */
  private static final String AS_JSON =
      """
      SELECT * REPLACE (
        dec9::DOUBLE AS dec9, dec30::DOUBLE AS dec30, whole::BIGINT AS whole,
        day::VARCHAR AS day, '01:02:03.5' AS clock,
        strftime(moment, '%Y-%m-%dT%H:%M:%S.25') AS moment,
        [97, 98] AS raw, uuid::VARCHAR AS uuid)
      FROM kinds ORDER BY id
      """;

  public static void main(String[] args) throws Exception {
    Path folder =
        Path.of(
            args.length > 0
                ? args[0]
                : "framework/src/test/resources/org/modelvitals/data/files");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(ROWS);
      statement.execute("COPY (" + AS_JSON + ") TO '" + folder.resolve("kinds.jsonl") + "'");
      for (String codec : new String[] {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli"}) {
        boolean all = codec.equals("snappy") || codec.equals("zstd");
        write(
            statement,
            "SELECT " + (all ? "*" : "id, label, vector, gaps") + " FROM kinds ORDER BY id",
            folder.resolve("kinds-" + codec + ".parquet"),
            "CODEC '" + codec + "', PARQUET_VERSION '" + (codec.equals("zstd") ? "V2" : "V1") + "'");
      }
      write(
          statement,
          "SELECT i AS id, (i % 10)::UTINYINT AS digit, i * 0.5 AS half FROM range(5000) r(i)",
          folder.resolve("groups.parquet"),
          "CODEC 'zstd', ROW_GROUP_SIZE 2048");
    }
  }

  private static void write(Statement statement, String select, Path file, String options)
      throws Exception {
    statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
  }
}
