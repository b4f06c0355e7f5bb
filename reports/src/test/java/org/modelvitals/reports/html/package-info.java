/** The HTML report, held against an HTML parser and a browser. */
@NullMarked
package org.modelvitals.reports.html;

import org.jspecify.annotations.NullMarked;
