package org.modelvitals.checks.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Shorthand;

/**
 * The names of a model's classes, in the order of its outputs: listed, or read from a file.
 *
 * @param file a JSON document, or a text file with one name a line
 * @param pointer where in the JSON document the list stands (RFC 6901); its root if null
 */
@Doc("The names of the classes, in the order of the outputs.")
@Shorthand("names")
public record ClassNames(
    @Doc(value = "The names.", example = "[malignant, benign]") List<String> names,
    @Doc("A JSON document, or a text file with one name a line.") @Nullable String file,
    @Doc(value = "Where in the JSON document the list stands.", example = "/labels")
        @Nullable String pointer) {

  /** Classes that the output itself tells: their numbers from 0, or the keys of its maps. */
  public static final ClassNames FROM_OUTPUT = new ClassNames(List.of(), null, null);

  public ClassNames {
    names = List.copyOf(names);
  }
}
