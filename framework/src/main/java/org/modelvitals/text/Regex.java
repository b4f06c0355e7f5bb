package org.modelvitals.text;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that somebody wrote down, matched with an end. {@link Pattern} goes back
 * over a text for each way to divide it among repetitions, which can be more than there is time
 * for. Here it may look at {@value #LOOKS} characters, a count that is the same on every machine;
 * where it looks seldom, as it does at the end of a text, it has ten seconds. It also ends when its
 * thread is interrupted.
 */
public final class Regex {
  /** A fraction of a second, mostly. */
  private static final long LOOKS = 20_000_000;

  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int LOOKS_AT_ONCE = 1 << 10;
  private static final int SHOWN = 40;

  private final Pattern pattern;
  private final Duration time;

  private Regex(Pattern pattern, Duration time) {
    this.pattern = pattern;
    this.time = time;
  }

  /**
   * Compiles an expression in the syntax of {@link Pattern}.
   *
   * @throws PatternSyntaxException if it is none
   */
  public static Regex of(String regex) {
    return new Regex(Pattern.compile(regex), TIME);
  }

  /** The same with less or more time. */
  Regex within(Duration limit) {
    return new Regex(pattern, limit);
  }

  /**
   * Whether the whole text matches.
   *
   * @throws EndlessException if that takes too long to find out
   * @throws CancellationException if the thread was interrupted meanwhile
   */
  public boolean matches(String text) {
    return ended(text, Matcher::matches);
  }

  /**
   * Whether a part of the text matches.
   *
   * @throws EndlessException if that takes too long to find out
   * @throws CancellationException if the thread was interrupted meanwhile
   */
  public boolean isIn(String text) {
    return ended(text, Matcher::find);
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }

  private boolean ended(String text, Predicate<Matcher> question) {
    try {
      return question.test(pattern.matcher(new Watched(text)));
    } catch (StackOverflowError e) {
      EndlessException deep =
          new EndlessException(
              "the regular expression /%s/ cannot be matched against %s: a repeated group, as in"
                      .formatted(pattern, shown(text))
                  + " (a|b)*, takes a piece of the stack each time; repeat characters instead, as"
                  + " in [ab]*, or write (a|b)*+, which never goes back");
      deep.initCause(e);
      throw deep;
    }
  }

  private static String shown(String text) {
    return "a text of %,d characters ('%s')"
        .formatted(
            text.length(),
            (text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…")
                .replace("\n", "\\n"));
  }

  /** A text for which an expression takes too long. The message is a sentence for its author. */
  public static final class EndlessException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private EndlessException(String message) {
      super(message);
    }
  }

  /** The one thing of the matcher's that can be watched is what it reads. */
  private final class Watched implements CharSequence {
    private final String text;
    private final long begun = System.nanoTime();
    private long looks;

    Watched(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks % LOOKS_AT_ONCE == 0) {
        check();
      }
      return text.charAt(index);
    }

    private void check() {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(
            "interrupted while /%s/ was matched against %s".formatted(pattern, shown(text)));
      }
      if (looks >= LOOKS) {
        throw endless("%,d looks at its characters".formatted(LOOKS));
      }
      if (System.nanoTime() - begun > time.toNanos()) {
        throw endless(time.toSeconds() + " s");
      }
    }

    private EndlessException endless(String limit) {
      return new EndlessException(
          "the regular expression, not the model, takes too long: /%s/ did not come to an end after"
                  .formatted(pattern)
              + " %s for %s; of repetitions within or beside each other, as in"
                  .formatted(limit, shown(text))
              + " (a+)+ or .*.*.*, it tries all ways to divide the text; write it so that there is"
              + " but one");
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
