/**
 * Work that is done in a Java process of its own, so that a model which crashes, hangs or eats all
 * memory hurts nobody else. The parent starts a {@link org.modelvitals.isolation.ChildJvm} that
 * runs a {@link org.modelvitals.isolation.ChildTask}; the two speak in lines. However the process
 * ends, its end becomes a sentence with its last words; and no process outlives its parent, not
 * even one that is killed.
 */
@NullMarked
package org.modelvitals.isolation;

import org.jspecify.annotations.NullMarked;
