/** The example of docs/own-probe.md: a probe that a user wrote. */
@NullMarked
package org.modelvitals.checks.own;

import org.jspecify.annotations.NullMarked;
