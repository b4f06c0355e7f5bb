/** Reports that know more than records. */
@NullMarked
package org.modelvitals.house.sick.reports;

import org.jspecify.annotations.NullMarked;
