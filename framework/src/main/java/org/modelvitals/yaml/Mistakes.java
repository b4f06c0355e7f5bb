package org.modelvitals.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects mistakes with their places, so that all of a file are reported at once. */
final class Mistakes {

  /** A mistake at a line and a column from 1. */
  record Mistake(int line, int column, String message) {}

  private final List<Mistake> found = new ArrayList<>();

  void add(int line, int column, String message) {
    found.add(new Mistake(line, column, message));
  }

  void add(Optional<Mark> mark, String message) {
    add(mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, message);
  }

  void add(Node node, String message) {
    add(node.getStartMark(), message);
  }

  /** The line of a node, from 1. */
  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  int count() {
    return found.size();
  }

  /** In the order of lines. */
  List<Mistake> sorted() {
    List<Mistake> sorted = new ArrayList<>(found);
    if (sorted.size() > 1) {
      sorted.sort(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column));
    }
    return sorted;
  }
}
