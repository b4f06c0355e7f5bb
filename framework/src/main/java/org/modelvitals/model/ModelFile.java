package org.modelvitals.model;

import java.nio.file.Path;

/**
 * A model file and what identifies it.
 *
 * @param path where it lies
 * @param sha256 hash of the file's bytes, in lower-case hexadecimal
 * @param size bytes of the file, without external data
 */
public record ModelFile(Path path, String sha256, long size) {}
