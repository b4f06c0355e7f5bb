/**
 * The HTML report: one file that needs nothing else, opens offline and runs no script.
 *
 * <p>The templates in {@code src/main/jte} become Java sources of this package when the project is
 * built. They hold the words and the markup; the classes here compute what they show: which checks
 * get their details, and where lines and bars lie in a chart. Every text that comes from a record
 * is hostile until {@link org.modelvitals.reports.html.HtmlReport} has written it: it is made
 * visible and escaped in one place, on its way out.
 */
@NullMarked
package org.modelvitals.reports.html;

import org.jspecify.annotations.NullMarked;
