package org.modelvitals.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a type that is parsed from a text: the regular expression (ECMA 262) that the whole text
 * matches, for the schema. The type's {@code parse} refuses what does not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Matching {
  String value();
}
