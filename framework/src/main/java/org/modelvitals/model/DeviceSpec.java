package org.modelvitals.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.modelvitals.spec.Default;
import org.modelvitals.spec.Doc;
import org.modelvitals.spec.Minimum;
import org.modelvitals.spec.Shorthand;
import org.modelvitals.text.Bounds;

/**
 * The device that a suite asks for.
 *
 * @param required whether a machine without the device is a failure instead of a reason to skip
 * @param options what the execution provider understands, by its own names
 */
@Doc("The device that the model runs on, and its execution provider's options.")
@Shorthand("name")
public record DeviceSpec(
    @Doc("cpu, webgpu, cuda, tensorrt, coreml, openvino or directml.") @Default("cpu") Device name,
    @Doc("Which of several devices of this kind.") @Default("0") @Minimum(0) int index,
    @Doc("Fail, instead of skip, where the device is missing.") @Default("false") boolean required,
    @Doc("Options of the execution provider, by its own names.") Map<String, String> options) {

  public static final DeviceSpec CPU = of(Device.CPU);

  public DeviceSpec {
    Bounds.atLeast(0, "index", index);
    if (name == Device.CPU && index > 0) {
      throw new IllegalArgumentException("index must be 0 for cpu, not %d".formatted(index));
    }
    if (name == Device.CPU && !options.isEmpty()) {
      throw new IllegalArgumentException(
          "options are for other devices than cpu, which takes none, and not %s"
              .formatted(options.keySet()));
    }
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  public static DeviceSpec of(Device device) {
    return new DeviceSpec(device, 0, false, Map.of());
  }
}
