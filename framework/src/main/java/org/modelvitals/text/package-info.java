/**
 * Words of people and for people: spelling help, regular expressions, bounds. Depends on nothing
 * else of ModelVitals.
 */
@NullMarked
package org.modelvitals.text;

import org.jspecify.annotations.NullMarked;
