/**
 * Quantities with units: {@code 3 ms}, {@code 64 MiB}, {@code 97 %}. Everything that is compared or
 * printed goes through here. Depends on nothing else of ModelVitals.
 */
@NullMarked
package org.modelvitals.unit;

import org.jspecify.annotations.NullMarked;
