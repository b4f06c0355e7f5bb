package org.modelvitals.checks.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.modelvitals.data.DataException;
import org.modelvitals.data.DataRow;
import org.modelvitals.text.Nearest;

/** Makes questions of the rows of a dataset, and asks for the likelihoods of their answers. */
final class Questions {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private final MultipleChoice declared;
  private final Template context;
  private final @Nullable Template continuation;
  private final @Nullable List<Template> templates;
  private final Continuations continuations;
  private final ChoiceTally tally;

  Questions(MultipleChoice declared, Continuations continuations, ChoiceTally tally) {
    this.declared = declared;
    this.context = Template.of(declared.context());
    String after = declared.continuation();
    this.continuation = after == null ? null : Template.of(after);
    boolean column = declared.choices().size() == 1 && !Template.isOne(declared.choices().get(0));
    this.templates = column ? null : declared.choices().stream().map(Template::of).toList();
    this.continuations = continuations;
    this.tally = tally;
  }

  void ask(DataRow row) {
    List<String> choices = choices(row);
    Set<Integer> right = right(row, choices);
    boolean gains = declared.mutualInformation();
    Question question =
        new Question(row, choices, right, (gains ? 2 : 1) * choices.size(), tally::add);
    String before = context.fill(row);
    String after = continuation == null ? "" : continuation.fill(row);
    for (int i = 0; i < choices.size(); i++) {
      int choice = i;
      String text = choices.get(i);
      if (continuation == null) {
        continuations.add(
            row.where(), before, declared.delimiter() + text, found -> question.set(choice, found));
      } else {
        continuations.add(
            row.where(),
            before + text,
            declared.delimiter() + after,
            found -> question.set(choice, found));
      }
      if (gains) {
        // With the delimiter, as the harness does (lm_eval/api/task.py of 0.4.13); once it left it
        // out.
        continuations.add(
            row.where(),
            "",
            declared.delimiter() + text,
            found -> question.setUnconditional(choice, found));
      }
    }
  }

  private List<String> choices(DataRow row) {
    List<Template> each = templates;
    List<String> choices =
        each == null
            ? Template.texts(row, declared.choices().get(0))
            : each.stream().map(template -> template.fill(row)).toList();
    if (choices.size() < 2) {
      throw new DataException(
          "%s: there is %s to choose from; expected two answers or more"
              .formatted(row.where(), choices.isEmpty() ? "nothing" : "one answer only"));
    }
    if (choices.contains("")) {
      throw new DataException("%s: an answer is empty".formatted(row.where()));
    }
    return choices;
  }

  private Set<Integer> right(DataRow row, List<String> choices) {
    Object value = Template.value(row, declared.answer());
    String labels = declared.labels();
    List<String> names = labels == null ? choices : Template.texts(row, labels);
    if (names.size() != choices.size()) {
      throw new DataException(
          "%s: there are %d labels for %d answers"
              .formatted(row.where(), names.size(), choices.size()));
    }
    Set<Integer> right = new LinkedHashSet<>();
    for (Object one : value instanceof List<?> list ? list : List.of(value)) {
      right.add(number(row, String.valueOf(one), names, labels == null));
    }
    if (right.isEmpty() || right.size() == choices.size()) {
      throw new DataException(
          "%s: %s of the answers are right; expected one that is and one that is not"
              .formatted(row.where(), right.isEmpty() ? "none" : "all"));
    }
    return right;
  }

  private static int number(DataRow row, String written, List<String> names, boolean numbered) {
    int named = names.indexOf(written);
    if (named >= 0) {
      return named;
    }
    if (numbered && DIGITS.matcher(written).matches()) {
      int number = Integer.parseInt(written);
      if (number < names.size()) {
        return number;
      }
      throw new DataException(
          "%s: the right answer is number %d, but there are %d, counted from 0"
              .formatted(row.where(), number, names.size()));
    }
    List<String> known = new ArrayList<>(names);
    throw new DataException(
        "%s: '%s' is none of the %s%s"
            .formatted(
                row.where(),
                written,
                numbered ? "answers" : "labels",
                Nearest.to(written, known)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("; they are '" + String.join("', '", known) + "'")));
  }
}
