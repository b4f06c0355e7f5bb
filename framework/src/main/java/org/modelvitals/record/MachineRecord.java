package org.modelvitals.record;

/**
 * The machine that a run was made on.
 *
 * @param memory bytes of main memory
 */
public record MachineRecord(String os, String arch, String cpu, int cores, long memory) {}
