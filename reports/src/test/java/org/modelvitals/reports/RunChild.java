package org.modelvitals.reports;

import java.util.List;
import java.util.Map;
import org.modelvitals.record.CheckRecord;
import org.modelvitals.verdict.Status;
import org.modelvitals.verdict.Verdict;

/** A JVM of a build: hands the sink some runs, each of one suite with a check of its own. */
final class RunChild {
  private RunChild() {}

  /** Arguments: folder, name of this JVM, number of runs; -1 goes on until it is killed. */
  public static void main(String[] args) throws Exception {
    int runs = Integer.parseInt(args[2]);
    for (int i = 0; runs < 0 || i < runs; i++) {
      String name = args[1] + "-" + i;
      CheckRecord check =
          SampleRecords.check(
              name, new Verdict(Status.PASSED, "", List.of()), List.of(), SampleRecords.shapes());
      new ReportSink()
          .accept(
              SampleRecords.run(
                  name, "build", SampleRecords.suite(name, name + "Test", List.of(check))),
              Map.of("dir", args[0], "console", "false"));
      System.out.println(name); // whoever reads this line may rely on the run
    }
  }
}
