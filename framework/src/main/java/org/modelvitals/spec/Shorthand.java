package org.modelvitals.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the component that a bare YAML scalar or list stands for, so that {@code data: rows.csv}
 * means {@code data: {file: rows.csv}}. On a sealed declaration it is the keyword of the variant
 * that such a value stands for.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Shorthand {
  /** The name of the record component, or the keyword of the variant. */
  String value();
}
