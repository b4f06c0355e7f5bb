package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.modelvitals.model.ElementType;

/** Files that DuckDB wrote, against the same rows as JSON; see MakeParquetFixtures.java. */
class ParquetFeedTest {
  @TempDir Path folder;

  private static List<Map<String, @Nullable Object>> rows(DataSpec spec, Path folder) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    try (DataRows rows = DataRows.open(spec, folder::resolve)) {
      for (Optional<DataRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(row.get().values());
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4_raw", "uncompressed"})
  void rows_are_those_of_the_same_table_in_json(String codec) {
    List<Map<String, @Nullable Object>> found =
        rows(DataSpec.file("kinds-" + codec + ".parquet"), Fixtures.folder());
    List<Map<String, @Nullable Object>> expected =
        rows(DataSpec.jsonl("kinds.jsonl"), Fixtures.folder());
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Map<String, @Nullable Object> row = expected.get(i);
      row = new java.util.LinkedHashMap<>(row);
      row.keySet().retainAll(found.get(i).keySet());
      assertThat(found.get(i)).isEqualTo(row).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void row_groups_follow_each_other() {
    Fed fed =
        new Fed(Fixtures.folder()).input("half", ElementType.FLOAT32, "n", 1).reserved("digit");
    long row = 0;
    try (Feed feed = fed.open(DataSpec.parquet("groups.parquet").ignore("id").batch(64))) {
      assertThat(feed.totalRows()).isEqualTo(5000);
      for (Optional<Batch> next = feed.next(); next.isPresent(); next = feed.next()) {
        for (int i = 0; i < next.get().rows(); i++, row++) {
          assertThat(Fed.input(next.get(), "half").getDouble(i)).isEqualTo(row * 0.5);
          assertThat(next.get().value(i, "digit")).isEqualTo(row % 10);
          assertThat(next.get().value(i, "id")).isNull();
          assertThat(next.get().where(i)).isEqualTo("groups.parquet, row " + row);
        }
      }
    }
    assertThat(row).isEqualTo(5000);
  }

  @Test
  void nested_columns_are_tensors() {
    Fed fed =
        new Fed(Fixtures.folder())
            .input("matrix", ElementType.INT64, "n", 3, 2)
            .input("vector", ElementType.FLOAT32, "n", 3);
    assertThat(fed.batches(DataSpec.parquet("kinds-snappy.parquet").limit(1)))
        .containsExactly("matrix=[1, 3, 2][0, 1, 2, 3, 4, 5] vector=[1, 3][0.0, 1.0, -2.5]");
    Fed gaps = new Fed(Fixtures.folder()).input("gaps", ElementType.FLOAT32, "n", 1);
    assertThatThrownBy(() -> gaps.batches(DataSpec.parquet("kinds-zstd.parquet")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "kinds-zstd.parquet, row 0: column 'gaps' holds null; input 'gaps' float32[n, 1] takes"
                + " numbers");
    Fed wrong = new Fed(Fixtures.folder()).input("vectors", ElementType.FLOAT32, "n", 3);
    assertThatThrownBy(
            () ->
                wrong.open(
                    DataSpec.parquet("kinds-zstd.parquet")
                        .input("vectors", InputSpec.columns("vectr"))))
        .hasMessage("kinds-zstd.parquet: there is no column 'vectr'; did you mean 'vector'?");
  }

  private void check(String file, String message) {
    assertThatThrownBy(() -> rows(DataSpec.parquet(file), folder))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void what_is_no_parquet_is_named() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.folder().resolve("kinds-uncompressed.parquet"));
    Files.writeString(folder.resolve("text.parquet"), "p,q\n1,2\n");
    Files.write(folder.resolve("none.parquet"), new byte[0]);
    Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length - 20));
    Files.write(folder.resolve("gzip.parquet"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    Files.writeString(folder.resolve("secret.parquet"), "PARE....PARE");
    byte[] footer = whole.clone();
    ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length - 8, 1 << 30);
    Files.write(folder.resolve("footer.parquet"), footer);
    byte[] inside = whole.clone();
    Arrays.fill(inside, 4, 60, (byte) 0x7f);
    Files.write(folder.resolve("inside.parquet"), inside);
    check(
        "text.parquet",
        "text.parquet is no Parquet file: it begins with 0x702c710a, not with PAR1");
    check("none.parquet", "none.parquet is no Parquet file: it begins with 0x, not with PAR1");
    check("cut.parquet", "cut.parquet is cut off: a Parquet file ends with PAR1");
    check("gzip.parquet", "gzip.parquet is compressed as a whole");
    check("secret.parquet", "secret.parquet is encrypted, which is not read");
    check("footer.parquet", "footer.parquet is damaged: its footer cannot have 1073741824 bytes");
    check("inside.parquet", "inside.parquet is damaged in column 'id': ");
    check("gone.parquet", "there is no dataset 'gone.parquet'");
    Files.copy(Fixtures.folder().resolve("kinds-brotli.parquet"), folder.resolve("brotli.parquet"));
    check(
        "brotli.parquet",
        "brotli.parquet is not read in column 'id': it is compressed with BROTLI; expected SNAPPY,"
            + " GZIP, ZSTD, LZ4_RAW or nothing");
  }

  @Test
  void damage_anywhere_gives_a_sentence_or_rows() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.folder().resolve("kinds-snappy.parquet"));
    java.util.SplittableRandom random = new java.util.SplittableRandom(4);
    for (int i = 0; i < 80; i++) {
      byte[] damaged = whole.clone();
      damaged[4 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
      Files.write(folder.resolve("damaged.parquet"), damaged);
      try {
        rows(DataSpec.parquet("damaged.parquet"), folder);
      } catch (DataException e) {
        assertThat(e.getMessage()).startsWith("damaged.parquet");
      }
    }
  }

  /** Called in a class loader of its own. */
  public static final class WithoutParquet {
    private WithoutParquet() {}

    public static String attempt(String file) {
      try (DataRows rows = DataRows.open(DataSpec.file(file), Path::of)) {
        return String.valueOf(rows.next());
      } catch (DataException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  @Test
  void without_the_library_a_sentence_says_what_to_add() throws Exception {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("parquet-"))
            .map(ParquetFeedTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Object said =
          loader
              .loadClass(WithoutParquet.class.getName())
              .getMethod("attempt", String.class)
              .invoke(null, "x.parquet");
      assertThat(said)
          .isEqualTo(
              "x.parquet: to read Parquet, add the dependency org.apache.parquet:parquet-hadoop to"
                  + " the class path; Hadoop itself is not needed");
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
