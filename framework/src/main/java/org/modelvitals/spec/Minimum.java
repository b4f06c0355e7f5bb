package org.modelvitals.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The least number that a record component takes, or the items of its list or map, for the schema.
 * The record's constructor refuses what is less.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Minimum {
  double value();

  /** Whether the number itself is too little. */
  boolean exclusive() default false;
}
