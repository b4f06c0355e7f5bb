package org.modelvitals.suite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a static field of type {@link HealthCheck} or {@link ProbeSpec} as a check. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Check {
  /** The name in reports; the field's name with spaces for underscores if empty. */
  String value() default "";
}
