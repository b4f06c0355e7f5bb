package org.modelvitals.suite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.modelvitals.model.Device;

/**
 * Marks a class as a health suite. Either it names a {@link #model} and declares checks as static
 * fields with {@link Check}, or {@linkplain #include includes} ready ones, or it names YAML suites
 * or folders of them in {@link #value}; both at once are allowed. Paths are relative to the working
 * directory, which Maven sets to the module's folder; {@code classpath:} paths are looked up on the
 * class path.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface HealthSuite {
  /** YAML suites, or folders that are searched for {@code *.vitals.yaml}. */
  String[] value() default {};

  /**
   * The model that the checks of this class are about. A folder, or a glob pattern such as {@code
   * models/**.onnx}, stands for a suite of each model in it.
   */
  String model() default "";

  /** Keywords of ready suites, such as {@code checkup}, whose checks are added. */
  String[] include() default {};

  /**
   * The name in reports; the class's simple name without {@code HealthTest} or {@code Test} if
   * empty.
   */
  String name() default "";

  Device device() default Device.CPU;

  /** The approved run that conditions can be held against: a file that is committed. */
  String baseline() default "";

  String[] tags() default {};

  /** Whether the model runs in processes of its own, so that it may crash; a check may differ. */
  boolean isolated() default false;

  /** The longest that a check may take, such as {@code 30 s}, unless it says so itself. */
  String timeout() default "";
}
