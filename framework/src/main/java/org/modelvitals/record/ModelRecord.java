package org.modelvitals.record;

import org.jspecify.annotations.Nullable;

/**
 * The model of a suite.
 *
 * @param path as it was written
 * @param sha256 null if the file could not be read
 * @param size bytes; -1 if the file could not be read
 */
public record ModelRecord(String path, @Nullable String sha256, long size) {}
