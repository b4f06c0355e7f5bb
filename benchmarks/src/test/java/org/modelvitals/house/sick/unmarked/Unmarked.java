package org.modelvitals.house.sick.unmarked;

final class Unmarked {}
