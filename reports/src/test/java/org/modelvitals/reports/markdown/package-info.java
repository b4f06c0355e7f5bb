@NullMarked
package org.modelvitals.reports.markdown;

import org.jspecify.annotations.NullMarked;
