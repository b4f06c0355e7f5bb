/**
 * Annotations that turn a record into a declaration: its YAML form, its JSON Schema and its docs
 * page are all derived from the components and these annotations. Nothing here does any work.
 */
@NullMarked
package org.modelvitals.spec;

import org.jspecify.annotations.NullMarked;
