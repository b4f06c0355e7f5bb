package org.modelvitals.checks.invariance;

import java.nio.file.Path;
import java.util.Set;
import org.modelvitals.checks.budget.BudgetContext;
import org.modelvitals.data.DataSpec;
import org.modelvitals.data.Feed;
import org.modelvitals.data.Feeds;
import org.modelvitals.data.Perturbations;
import org.modelvitals.data.RowOrder;
import org.modelvitals.model.Model;

/** A probe's surroundings that feed rows, changed if asked. */
final class PerturbedContext extends BudgetContext {
  PerturbedContext(Path file) {
    super(file);
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved) {
    return feed(data, fed, reserved, Perturbations.NONE);
  }

  @Override
  public Feed feed(DataSpec data, Model fed, Set<String> reserved, Perturbations perturbations) {
    return Feeds.open(
        data,
        this::resolve,
        fed.signature(),
        session().dimensions(),
        seed(),
        reserved,
        RowOrder.AS_THEY_COME,
        perturbations);
  }
}
