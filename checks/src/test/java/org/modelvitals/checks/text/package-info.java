@NullMarked
package org.modelvitals.checks.text;

import org.jspecify.annotations.NullMarked;
