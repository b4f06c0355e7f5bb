package org.modelvitals.run;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.modelvitals.model.Placement;
import org.modelvitals.reading.Reading;
import org.modelvitals.verdict.Verdict;

/**
 * What became of a check.
 *
 * @param probe keyword of the probe
 * @param reading without measurements if the probe did not come to an end
 * @param sharedWith the check whose pass this one shares; empty if it made its own
 * @param placement where the model's nodes ran, if the probe ran it
 * @param cause what was thrown, if something was
 */
public record CheckResult(
    String probe,
    Verdict verdict,
    Reading reading,
    String sharedWith,
    Instant startedAt,
    double seconds,
    Optional<Placement> placement,
    @Nullable Throwable cause) {}
