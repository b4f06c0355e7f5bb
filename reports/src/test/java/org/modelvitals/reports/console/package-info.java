@NullMarked
package org.modelvitals.reports.console;

import org.jspecify.annotations.NullMarked;
