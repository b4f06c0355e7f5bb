/**
 * Writes the reports of a run: the sink that the engine hands run records to, the folder in which
 * several JVMs join theirs, and the formats, each of them a function of a run record.
 */
@NullMarked
package org.modelvitals.reports;

import org.jspecify.annotations.NullMarked;
