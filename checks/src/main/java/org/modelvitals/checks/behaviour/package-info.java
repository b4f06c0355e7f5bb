/**
 * What a model answers, and whether that is what something else says it should be: {@link
 * org.modelvitals.checks.behaviour.Conformance} holds it against ONNX's own test data, {@link
 * org.modelvitals.checks.behaviour.Outputs} describes the outputs over any data and compares them
 * with a reference or with another model.
 */
@NullMarked
package org.modelvitals.checks.behaviour;

import org.jspecify.annotations.NullMarked;
