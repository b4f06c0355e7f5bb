/**
 * What a model costs: time for a call, when it is loaded and when it is busy, and memory. Start at
 * {@link org.modelvitals.checks.budget.Budget}.
 */
@NullMarked
package org.modelvitals.checks.budget;

import org.jspecify.annotations.NullMarked;
