package org.modelvitals.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisibleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "accuracy",
        "größer ≥ 97 %",
        "日本語",
        "می‌خواهم",
        "عربي",
        "👩‍⚕️",
        "a\tb\nc",
        "▁the",
        "Ġthe"
      })
  void leavesOrdinaryTextAlone(String text) {
    assertThat(Visible.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ⟨U+0000⟩",
    "7, ⟨U+0007⟩",
    "1b, ⟨U+001B⟩",
    "7f, ⟨U+007F⟩",
    "9b, ⟨U+009B⟩",
    "ad, ⟨U+00AD⟩",
    "200b, ⟨U+200B⟩",
    "202e, ⟨U+202E⟩",
    "2066, ⟨U+2066⟩",
    "feff, ⟨U+FEFF⟩",
    "d800, ⟨U+D800⟩",
    "e0041, ⟨U+E0041⟩"
  })
  void showsWhatHidesOrTurns(String point, String shown) {
    String character = new String(Character.toChars(Integer.parseInt(point, 16)));
    assertThat(Visible.text("a" + character + "b")).isEqualTo("a" + shown + "b");
  }

  @Test
  void cutsBetweenCharacters() {
    String text = "x".repeat(Visible.MOST - 1) + "🩺🩺";
    assertThat(Visible.text(text))
        .isEqualTo("x".repeat(Visible.MOST - 1) + "… and 4 more characters");
  }

  @Property
  void whatIsShownHidesNothing(@ForAll String text) {
    String shown = Visible.text(text);
    assertThat(Visible.text(shown)).isEqualTo(shown);
    assertThat(shown.codePoints())
        .noneMatch(point -> point < 0x20 && point != '\n' && point != '\t')
        .noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }
}
