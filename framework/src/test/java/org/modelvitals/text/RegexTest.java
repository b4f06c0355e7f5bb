package org.modelvitals.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {
  private static final String LONG = "the dog sees a cat ".repeat(20);

  @ParameterizedTest
  @CsvSource({"[a-z ]+, true", "dog, false", ".*dog.*, true", "(the|dog| )+, false"})
  void matches_the_whole(String regex, boolean expected) {
    assertThat(Regex.of(regex).matches("the small dog")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"dog, true", "^small, false", "small dog$, true", "cat, false"})
  void finds_a_part(String regex, boolean expected) {
    assertThat(Regex.of(regex).isIn("the small dog")).isEqualTo(expected);
  }

  @Test
  void an_expression_that_goes_back_for_ever_ends_with_a_sentence() {
    Regex regex = Regex.of("(.*)(.*)(.*)(.*)!");
    String sentence =
        "the regular expression, not the model, takes too long: /(.*)(.*)(.*)(.*)!/ did not come to"
            + " an end after %s for a text of 380 characters ('the dog sees a cat the dog sees a cat"
            + " t…'); of repetitions within or beside each other, as in (a+)+ or .*.*.*, it tries";
    String looks = sentence.formatted("20,000,000 looks at its characters");
    assertThatThrownBy(() -> regex.matches(LONG))
        .isInstanceOf(Regex.EndlessException.class)
        .hasMessageStartingWith(looks);
    assertThatThrownBy(() -> regex.isIn(LONG)).hasMessageStartingWith(looks);
    assertThatThrownBy(() -> regex.within(Duration.ZERO).matches(LONG))
        .hasMessageStartingWith(sentence.formatted("0 s"));
  }

  @Test
  void a_group_repeated_too_often_for_the_stack_has_its_sentence() {
    String text = "ab".repeat(1_000_000);
    assertThatThrownBy(() -> Regex.of("(a|b)*").matches(text))
        .hasMessageStartingWith(
            "the regular expression /(a|b)*/ cannot be matched against a text of 2,000,000"
                + " characters ('abab");
    assertThat(Regex.of("[ab]*").matches(text)).isTrue();
    assertThat(Regex.of("(a|b)*+").matches(text)).isTrue();
  }

  @Test
  void an_interrupt_ends_it() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Regex.of("(.*)(.*)(.*)(.*)!").matches(LONG))
          .isInstanceOf(CancellationException.class)
          .hasMessageStartingWith("interrupted while /(.*)(.*)(.*)(.*)!/ was matched");
    } finally {
      assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    }
  }

  @Test
  void what_is_no_expression_is_refused() {
    assertThatThrownBy(() -> Regex.of("[a")).isInstanceOf(PatternSyntaxException.class);
  }
}
