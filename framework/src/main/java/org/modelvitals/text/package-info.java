/** Words for people: spelling help. Depends on nothing else of ModelVitals. */
@NullMarked
package org.modelvitals.text;

import org.jspecify.annotations.NullMarked;
