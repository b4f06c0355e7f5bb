package org.modelvitals.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.modelvitals.model.ModelException.Reason;

/**
 * Reads the files of ONNX's test data, {@code input_0.pb} and the like: a TensorProto ({@code
 * onnx.proto}), or a SequenceProto or OptionalProto ({@code onnx-data.proto}) of tensors. Which of
 * them a file holds stands nowhere in it; the type of the input or output that it is for tells.
 */
public final class TensorFiles {
  // Both SequenceProto and OptionalProto: name, elem_type, and tensors, sparse tensors, sequences,
  // maps, optionals.
  private static final int NAME = 1;
  private static final int TENSORS = 3;
  private static final List<Integer> OTHER_ELEMENTS = List.of(4, 5, 6, 7);
  // TensorProto: dims; the fields of its elements.
  private static final int DIMS = 1;
  private static final List<Integer> TENSOR_DATA = List.of(4, 5, 6, 7, 9, 10, 11, 13, 14);

  private TensorFiles() {}

  /**
   * The value of a file, whose kind is told by its fields: a sequence if it holds tensors, a tensor
   * otherwise. An optional with a value is read as a sequence of one; use {@link #read(Path,
   * ValueInfo.Kind)} where the type is known.
   *
   * @throws ModelException with a sentence, reason {@code INVALID_MODEL} if the file is missing or
   *     damaged, {@code NOT_IMPLEMENTED} if it holds something that cannot be read here
   */
  public static Value read(Path file) {
    UnknownFieldSet fields = fields(file);
    boolean tensor =
        TENSOR_DATA.stream().anyMatch(fields::hasField)
            || !fields.getField(DIMS).getVarintList().isEmpty();
    boolean structure =
        fields.hasField(TENSORS)
            || OTHER_ELEMENTS.stream().anyMatch(fields::hasField)
            || !fields.getField(NAME).getLengthDelimitedList().isEmpty();
    return tensor || !structure ? tensor(fields.toByteString(), file) : sequence(fields, file);
  }

  /**
   * The value of a file that is for an input or output of this kind.
   *
   * @throws ModelException as {@link #read(Path)}
   */
  public static Value read(Path file, ValueInfo.Kind kind) {
    UnknownFieldSet fields = fields(file);
    return switch (kind) {
      case TENSOR -> tensor(fields.toByteString(), file);
      case SEQUENCE -> sequence(fields, file);
      case OPTIONAL -> {
        List<Tensor> tensors = sequence(fields, file).tensors();
        yield tensors.isEmpty() ? new Value.Absent() : tensors.get(0);
      }
      case MAP, SPARSE -> throw unreadable(file, kind == ValueInfo.Kind.MAP ? "maps" : "sparse");
    };
  }

  private static UnknownFieldSet fields(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return UnknownFieldSet.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          Reason.INVALID_MODEL,
          "%s is no tensor in ONNX's format, or is cut off: %s".formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ModelException(
          Reason.INVALID_MODEL, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Value.TensorSequence sequence(UnknownFieldSet fields, Path file) {
    if (OTHER_ELEMENTS.stream().anyMatch(fields::hasField)) {
      throw unreadable(file, "sparse tensors, sequences, maps or optionals");
    }
    Stream<ByteString> tensors = fields.getField(TENSORS).getLengthDelimitedList().stream();
    return new Value.TensorSequence(tensors.map(bytes -> tensor(bytes, file)).toList());
  }

  private static Tensor tensor(ByteString bytes, Path file) {
    try {
      return TensorProtos.read(OnnxMl.TensorProto.parseFrom(bytes), file);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          Reason.INVALID_MODEL,
          "%s is no tensor in ONNX's format: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static ModelException unreadable(Path file, String what) {
    return new ModelException(
        Reason.NOT_IMPLEMENTED,
        "%s holds %s; only tensors, and sequences and optionals of tensors can be read"
            .formatted(file, what));
  }
}
