/**
 * The rules that keep ModelVitals a house: which package may know which. {@link
 * org.modelvitals.house.HouseRules} states them, {@code HouseRulesTest} holds the modules against
 * them, and {@code SickHouseTest} shows on {@code org.modelvitals.house.sick}, a house that breaks
 * every one of them, that each rule can fail.
 */
@NullMarked
package org.modelvitals.house;

import org.jspecify.annotations.NullMarked;
