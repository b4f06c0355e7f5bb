package org.modelvitals.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.modelvitals.model.ElementType;
import org.modelvitals.model.Tensor;

/** Conversions of texts, against BigDecimal and the definition of the types. */
class ConversionsProperties {
  private static final Map<ElementType, BigInteger[]> RANGES =
      Map.of(
          ElementType.INT8, signed(8),
          ElementType.INT16, signed(16),
          ElementType.INT32, signed(32),
          ElementType.INT64, signed(64),
          ElementType.UINT8, unsigned(8),
          ElementType.UINT16, unsigned(16),
          ElementType.UINT32, unsigned(32),
          ElementType.UINT64, unsigned(64),
          ElementType.BOOL, unsigned(1));

  private static BigInteger[] signed(int bits) {
    BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
    return new BigInteger[] {half.negate(), half.subtract(BigInteger.ONE)};
  }

  private static BigInteger[] unsigned(int bits) {
    return new BigInteger[] {
      BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE)
    };
  }

  private static Tensor written(ElementType type, String text) {
    Tensor tensor = Tensor.allocate(type);
    new Conversions(tensor, 1, null).write(text, 0);
    return tensor;
  }

  @Provide
  Arbitrary<String> numbers() {
    return Combinators.combine(
            Arbitraries.of("", "-", "+"),
            Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(22),
            Arbitraries.strings().numeric().ofMaxLength(20),
            Arbitraries.integers().between(-30, 30),
            Arbitraries.of(true, false))
        .as(
            (sign, whole, fraction, exponent, scientific) ->
                sign
                    + whole
                    + (fraction.isEmpty() ? "" : "." + fraction)
                    + (scientific ? "e" + exponent : ""));
  }

  @Property
  void doubles_are_the_nearest(@ForAll("numbers") String text) {
    assertThat(written(ElementType.FLOAT64, text).getDouble(0)).isEqualTo(expected(text));
    assertThat(written(ElementType.FLOAT64, "  " + text + " ").getDouble(0))
        .isEqualTo(expected(text));
  }

  private static double expected(String text) {
    double value = new BigDecimal(text).doubleValue();
    return text.startsWith("-") && value == 0 ? -0.0 : value;
  }

  @Property
  void floats_are_the_nearest_of_the_nearest_double(@ForAll("numbers") String text) {
    double value = new BigDecimal(text).doubleValue();
    if (Float.isInfinite((float) value)) {
      assertThatThrownBy(() -> written(ElementType.FLOAT32, text)).isInstanceOf(Misfit.class);
    } else {
      assertThat((float) written(ElementType.FLOAT32, text).getDouble(0))
          .isEqualTo((float) expected(text));
    }
  }

  @Property
  void integers_are_exact_or_refused(@ForAll("numbers") String text) {
    RANGES.forEach(
        (type, range) -> {
          BigDecimal value = new BigDecimal(text);
          boolean whole = value.stripTrailingZeros().scale() <= 0;
          boolean fits =
              whole
                  && value.toBigInteger().compareTo(range[0]) >= 0
                  && value.toBigInteger().compareTo(range[1]) <= 0;
          if (fits) {
            Tensor tensor = written(type, text);
            String found =
                type == ElementType.UINT64
                    ? Long.toUnsignedString(tensor.getLong(0))
                    : Long.toString(tensor.getLong(0));
            assertThat(new BigInteger(found))
                .as("%s %s", type, text)
                .isEqualTo(value.toBigInteger());
          } else {
            assertThatThrownBy(() -> written(type, text))
                .as("%s %s", type, text)
                .isInstanceOf(Misfit.class);
          }
        });
  }

  @Property
  void longs_fit_where_they_are_in_range(@ForAll long value) {
    integers_are_exact_or_refused(Long.toString(value));
  }

  @Property
  void float16_is_the_nearest_half(@ForAll float value) {
    if (Math.abs(value) >= 65520 || Float.isNaN(value)) {
      return;
    }
    Tensor tensor = Tensor.allocate(ElementType.FLOAT16);
    tensor.setDouble(0, value);
    double found = tensor.getDouble(0);
    short bits = tensor.bytes().getShort(0);
    for (int step : new int[] {-1, 1}) {
      Tensor beside = Tensor.allocate(ElementType.FLOAT16);
      beside.bytes().putShort(0, (short) (bits + step));
      double other = beside.getDouble(0);
      if (Double.isFinite(other)) {
        assertThat(Math.abs(found - value)).isLessThanOrEqualTo(Math.abs(other - value));
      }
    }
  }

  @Example
  void every_float16_survives() {
    Tensor tensor = Tensor.allocate(ElementType.FLOAT16);
    for (int bits = 0; bits <= 0xffff; bits++) {
      tensor.bytes().putShort(0, (short) bits);
      double value = tensor.getDouble(0);
      if (!Double.isNaN(value)) {
        tensor.setDouble(0, value);
        assertThat(tensor.bytes().getShort(0)).isEqualTo((short) bits);
      }
    }
  }

  @Example
  void limits_of_the_small_floats() {
    assertThat(written(ElementType.FLOAT16, "65519.99").getDouble(0)).isEqualTo(65504);
    assertThatThrownBy(() -> written(ElementType.FLOAT16, "65520")).isInstanceOf(Misfit.class);
    assertThat(written(ElementType.BFLOAT16, "1.00390625").getDouble(0)).isEqualTo(1.0);
    assertThatThrownBy(() -> written(ElementType.BFLOAT16, "3.4e38"))
        .as("rounds up past the largest bfloat16, 3.3895e38")
        .isInstanceOf(Misfit.class);
    assertThat(written(ElementType.FLOAT32, "3.4028235e38").getDouble(0))
        .isEqualTo(Float.MAX_VALUE);
  }

  @Example
  void what_is_no_number_is_refused() {
    for (String text :
        new String[] {
          "", " ", "1d", "0x10", "0x1p3", "1,5", "1 2", "NaN", "--1", "1e", "e1", "\u0661"
        }) {
      for (ElementType type : new ElementType[] {ElementType.FLOAT32, ElementType.INT64}) {
        assertThatThrownBy(() -> written(type, text))
            .as("'%s' as %s", text, type)
            .isInstanceOf(Misfit.class);
      }
    }
    assertThatThrownBy(() -> written(ElementType.INT64, "1e999999999")).isInstanceOf(Misfit.class);
    assertThat(written(ElementType.FLOAT32, "-Infinity").getDouble(0))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(written(ElementType.BOOL, "True").getLong(0)).isEqualTo(1);
    assertThat(written(ElementType.FLOAT32, "false").getDouble(0)).isEqualTo(0);
    assertThat(written(ElementType.STRING, " as it is ").strings()).containsExactly(" as it is ");
  }
}
