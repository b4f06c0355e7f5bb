package org.modelvitals.examples;

import org.modelvitals.suite.HealthSuite;

/**
 * What can be asked of any model, without labels. For models of one's own, name their folder from
 * outside: {@code -Dmodelvitals.model=/folder/with/models}.
 */
@HealthSuite(model = "models/{breast-cancer,diabetes,digits}.onnx", include = "checkup")
class CheckupTest {}
