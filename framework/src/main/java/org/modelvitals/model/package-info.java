/**
 * Models and what runs them. ONNX Runtime is used in this package and nowhere else; the rest of the
 * house sees {@link org.modelvitals.model.Model}, {@link org.modelvitals.model.Tensor} and {@link
 * org.modelvitals.model.Signature}.
 */
@NullMarked
package org.modelvitals.model;

import org.jspecify.annotations.NullMarked;
