package org.modelvitals.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.HalfPrecision;

/**
 * Parquet's primitive values as those of a cell: numbers, truths, texts; dates and times as texts
 * in ISO 8601; decimals as the nearest double, whole ones exactly; bytes that are no text as whole
 * numbers from 0 to 255.
 */
final class ParquetValues {
  private static final long NANOS_OF_SECOND = 1_000_000_000L;

  /** Of 1970-01-01. */
  private static final int JULIAN_EPOCH_DAY = 2_440_588;

  private ParquetValues() {}

  static PrimitiveConverter of(PrimitiveType type, ParquetSlot slot) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN, FLOAT, DOUBLE -> new Numbers(slot, slot::add);
      case INT32, INT64 -> new Numbers(slot, whole(type.getLogicalTypeAnnotation(), slot));
      case INT96 -> new Bytes(value -> slot.addObject(int96(value)));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(type.getLogicalTypeAnnotation(), slot);
    };
  }

  private static LongConsumer whole(@Nullable LogicalTypeAnnotation meaning, ParquetSlot slot) {
    if (meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned()) {
      long mask = number.getBitWidth() == 64 ? -1 : (1L << number.getBitWidth()) - 1;
      return value -> unsigned(value & mask, slot);
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return value -> decimal(BigInteger.valueOf(value), decimal.getScale(), slot);
    }
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return value -> slot.addObject(LocalDate.ofEpochDay(value).toString());
    }
    if (meaning instanceof TimeLogicalTypeAnnotation time) {
      return value -> slot.addObject(time(value, time.getUnit()));
    }
    if (meaning instanceof TimestampLogicalTypeAnnotation time) {
      return value -> slot.addObject(timestamp(value, time));
    }
    return slot::add;
  }

  private static void unsigned(long value, ParquetSlot slot) {
    if (value < 0) {
      slot.addObject(new BigInteger(Long.toUnsignedString(value)));
    } else {
      slot.add(value);
    }
  }

  private static void decimal(BigInteger unscaled, int scale, ParquetSlot slot) {
    if (scale > 0) {
      slot.add(new BigDecimal(unscaled, scale).doubleValue());
    } else if (unscaled.bitLength() < Long.SIZE) {
      slot.add(unscaled.longValue());
    } else {
      slot.addObject(unscaled);
    }
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> NANOS_OF_SECOND;
    };
  }

  private static String time(long value, TimeUnit unit) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(
        LocalTime.ofNanoOfDay(Math.multiplyExact(value, NANOS_OF_SECOND / perSecond(unit))));
  }

  private static String timestamp(long value, TimestampLogicalTypeAnnotation meaning) {
    long second = perSecond(meaning.getUnit());
    return timestamp(
        Math.floorDiv(value, second),
        Math.floorMod(value, second) * (NANOS_OF_SECOND / second),
        meaning.isAdjustedToUTC());
  }

  private static String timestamp(long seconds, long nanos, boolean utc) {
    return utc
        ? Instant.ofEpochSecond(seconds, nanos).toString()
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC));
  }

  /** A timestamp as Impala and old versions of Spark write it. */
  private static String int96(Binary value) {
    ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - (long) JULIAN_EPOCH_DAY;
    return timestamp(
        day * 86_400 + Math.floorDiv(nanos, NANOS_OF_SECOND),
        Math.floorMod(nanos, NANOS_OF_SECOND),
        false);
  }

  private static PrimitiveConverter bytes(
      @Nullable LogicalTypeAnnotation meaning, ParquetSlot slot) {
    if (meaning instanceof StringLogicalTypeAnnotation
        || meaning instanceof EnumLogicalTypeAnnotation
        || meaning instanceof JsonLogicalTypeAnnotation) {
      return new Texts(slot);
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return new Bytes(
          value -> decimal(new BigInteger(value.getBytes()), decimal.getScale(), slot));
    }
    if (meaning instanceof UUIDLogicalTypeAnnotation) {
      return new Bytes(
          value -> {
            ByteBuffer bits = value.toByteBuffer();
            slot.addObject(new UUID(bits.getLong(), bits.getLong()).toString());
          });
    }
    if (meaning instanceof Float16LogicalTypeAnnotation) {
      return new Bytes(
          value -> slot.add(HalfPrecision.float16ToFloat(value.get2BytesLittleEndian())));
    }
    return new Bytes(
        value -> {
          slot.openArray();
          for (byte each : value.getBytes()) {
            slot.add((long) Byte.toUnsignedInt(each));
          }
          slot.closeArray();
        });
  }

  private static final class Numbers extends PrimitiveConverter {
    private final ParquetSlot slot;
    private final LongConsumer whole;

    Numbers(ParquetSlot slot, LongConsumer whole) {
      this.slot = slot;
      this.whole = whole;
    }

    @Override
    public void addBoolean(boolean value) {
      slot.addObject(value);
    }

    @Override
    public void addDouble(double value) {
      slot.add(value);
    }

    @Override
    public void addFloat(float value) {
      slot.add((double) value);
    }

    @Override
    public void addInt(int value) {
      whole.accept(value);
    }

    @Override
    public void addLong(long value) {
      whole.accept(value);
    }
  }

  private static final class Bytes extends PrimitiveConverter {
    private final Consumer<Binary> to;

    Bytes(Consumer<Binary> to) {
      this.to = to;
    }

    @Override
    public void addBinary(Binary value) {
      to.accept(value);
    }
  }

  /** Texts; those of a dictionary are decoded once. */
  private static final class Texts extends PrimitiveConverter {
    private final ParquetSlot slot;
    private String[] known = {};

    Texts(ParquetSlot slot) {
      this.slot = slot;
    }

    @Override
    public boolean hasDictionarySupport() {
      return true;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      known = new String[dictionary.getMaxId() + 1];
      for (int id = 0; id < known.length; id++) {
        known[id] = dictionary.decodeToBinary(id).toStringUsingUTF8();
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      slot.addObject(known[id]);
    }

    @Override
    public void addBinary(Binary value) {
      slot.addObject(value.toStringUsingUTF8());
    }
  }
}
