package org.modelvitals.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The key that selects a variant of a sealed declaration in YAML: {@code {sine: {hz: 440}}}. On a
 * record component it gives the YAML key where that differs from the component's name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Keyword {
  String value();
}
