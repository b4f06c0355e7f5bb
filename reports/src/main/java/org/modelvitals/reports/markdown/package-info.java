/** Run records as Markdown, for pull requests and job summaries. */
@NullMarked
package org.modelvitals.reports.markdown;

import org.jspecify.annotations.NullMarked;
