@NullMarked
package org.modelvitals.reports.junitxml;

import org.jspecify.annotations.NullMarked;
