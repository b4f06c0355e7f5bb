/** The probes that come with ModelVitals, one package a family. */
@NullMarked
package org.modelvitals.checks;

import org.jspecify.annotations.NullMarked;
