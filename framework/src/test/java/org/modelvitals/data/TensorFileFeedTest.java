package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.modelvitals.model.Dim;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Signature;
import org.modelvitals.model.Tensor;
import org.modelvitals.model.ValueInfo;

/** A tensor from a file, for an input float32[batch, 2]. */
class TensorFileFeedTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("values.json"),
        "{\"a\": [[[1, 2.5], [3, 4]]], \"b\": {}, \"c\": [1, 2, 3]}");
    Files.write(
        folder.resolve("values.pb"),
        OnnxMl.TensorProto.newBuilder()
            .setDataType(1)
            .addDims(1)
            .addDims(2)
            .addFloatData(7)
            .addFloatData(8)
            .build()
            .toByteArray());
  }

  private Tensor read(InputSpec.TensorFile source, ElementType type) {
    ValueInfo x = ValueInfo.tensor("x", type, List.of(Dim.free("batch"), Dim.fixed(2)));
    Signature signature = new Signature(List.of(x), List.of(), List.of());
    try (Feed feed =
        Feeds.open(
            DataSpec.generated().input("x", source),
            folder::resolve,
            signature,
            Map.of(),
            1,
            Set.of())) {
      return Objects.requireNonNull(feed.next().orElseThrow().inputs().get("x"));
    }
  }

  @Test
  void an_array_at_a_pointer_is_read() {
    Tensor tensor = read(InputSpec.tensor("values.json", "/a"), ElementType.FLOAT32);
    assertThat(tensor.shape()).containsExactly(2, 2);
    assertThat(tensor.getDouble(1)).isEqualTo(2.5);
    assertThat(tensor.getDouble(3)).isEqualTo(4);
  }

  @Test
  void a_proto_is_read() {
    Tensor tensor = read(InputSpec.tensor("values.pb"), ElementType.FLOAT32);
    assertThat(tensor.shape()).containsExactly(1, 2);
    assertThat(tensor.getDouble(1)).isEqualTo(8);
  }

  @Test
  void what_does_not_fit_is_said() {
    assertThatThrownBy(() -> read(InputSpec.tensor("values.json", "/c"), ElementType.FLOAT32))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("values.json holds 3 values")
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> read(InputSpec.tensor("values.json", "/d"), ElementType.FLOAT32))
        .hasMessage("values.json has nothing at '/d'; expected an array or a single value");
    assertThatThrownBy(() -> read(InputSpec.tensor("values.json", "/b"), ElementType.FLOAT32))
        .hasMessageContaining("has an object at '/b'");
    assertThatThrownBy(() -> read(InputSpec.tensor("values.json", "a"), ElementType.FLOAT32))
        .hasMessageContaining("'a' is no JSON pointer");
    assertThatThrownBy(() -> read(InputSpec.tensor("values.pb"), ElementType.INT64))
        .hasMessageContaining("values.pb holds float32[1, 2]; expected int64");
    assertThatThrownBy(() -> read(InputSpec.tensor("values.json", "/a"), ElementType.INT64))
        .hasMessageContaining("2.5");
  }
}
