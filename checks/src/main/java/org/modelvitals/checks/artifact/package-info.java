/**
 * What a model file is, before it answers anything: signature, operator sets, origin, size, hash,
 * operators, and weights that are finite. Start at {@link
 * org.modelvitals.checks.artifact.Artifact}.
 */
@NullMarked
package org.modelvitals.checks.artifact;

import org.jspecify.annotations.NullMarked;
