package org.modelvitals.yaml;

import java.util.regex.Pattern;
import org.modelvitals.spec.Matching;

/** A tag of the JUnit Platform, which has words and not sentences for tags. */
@Matching(SuiteTag.FORM)
record SuiteTag(String text) {
  static final String FORM = "^\\s*[^\\s,()&|!\\u0000-\\u001F\\u007F-\\u009F]+\\s*$";
  private static final Pattern VALID = Pattern.compile(FORM);

  /**
   * Reads a tag.
   *
   * @throws IllegalArgumentException if the platform would not take it
   */
  public static SuiteTag parse(String text) {
    if (!VALID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no tag: a tag has no spaces and none of , ( ) & | !".formatted(text));
    }
    return new SuiteTag(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
