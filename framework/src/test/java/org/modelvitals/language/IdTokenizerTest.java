package org.modelvitals.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IdTokenizerTest {
  private final Tokenizer tokenizer = Tokenizer.ofIds(57);

  @Property
  void idsComeBack(@ForAll List<@IntRange(max = 99_999) Integer> numbers) {
    long[] ids = numbers.stream().mapToLong(Integer::longValue).toArray();
    assertThat(tokenizer.encode(tokenizer.text(ids, true), true)).isEqualTo(ids);
  }

  @Test
  void textsAreIdsWithBlanksBetween() {
    assertThat(tokenizer.readsTexts()).isFalse();
    assertThat(tokenizer.encode(" 1  17\n4 ", true)).containsExactly(1, 17, 4);
    assertThat(tokenizer.encode("", true)).isEmpty();
    assertThat(tokenizer.tokens("1 17", true).attentionMask()).containsExactly(1, 1);
    assertThat(tokenizer.name(17)).isEqualTo("17");
    assertThat(tokenizer.token(" 17")).isEqualTo(17);
    assertThat(tokenizer.vocabulary()).hasSize(57).containsEntry("56", 56L);
  }

  @Test
  void whatIsNoIdIsRefused() {
    assertThatThrownBy(() -> tokenizer.encode("1 dog", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'dog' is not the id of a token; without a tokenizer, a text is the ids of its tokens,"
                + " as in '1 17 4'");
    assertThatThrownBy(() -> tokenizer.encode("-1", true)).hasMessageContaining("'-1' is not");
    assertThatThrownBy(() -> tokenizer.token("57"))
        .hasMessage("there is no token 57: the model knows the tokens 0 to 56");
  }
}
