package org.modelvitals.record;

import java.time.Instant;

/**
 * The approved run that a suite was held against.
 *
 * @param path of its file, as it was written
 * @param approvedAt when it was approved; when it ran, if it is a run record
 * @param model the model that was approved
 */
public record BaselineRecord(String path, Instant approvedAt, ModelRecord model) {}
