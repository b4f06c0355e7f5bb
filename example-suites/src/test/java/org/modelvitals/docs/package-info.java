/** The documentation's examples, held against the models that they name. */
@NullMarked
package org.modelvitals.docs;

import org.jspecify.annotations.NullMarked;
