/** Tests of the Markdown summary. */
@NullMarked
package org.modelvitals.reports.markdown;

import org.jspecify.annotations.NullMarked;
