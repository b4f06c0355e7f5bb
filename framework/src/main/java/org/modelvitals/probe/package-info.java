/**
 * The contract between the engine and the probes. A probe is a {@link
 * org.modelvitals.probe.ProbeType} registered through {@link java.util.ServiceLoader}; the engine
 * knows none by name.
 */
@NullMarked
package org.modelvitals.probe;

import org.jspecify.annotations.NullMarked;
