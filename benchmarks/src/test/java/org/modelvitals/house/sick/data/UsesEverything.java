package org.modelvitals.house.sick.data;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import java.util.logging.Logger;
import org.junit.platform.engine.TestTag;

/** What only certain packages may use, in one that may use none of it. */
public final class UsesEverything {
  long size(OnnxTensor tensor) {
    return tensor.getInfo().getNumElements();
  }

  int nodes(OnnxMl.GraphProto graph) {
    return graph.getNodeCount();
  }

  long[] ids(Encoding encoding) {
    return encoding.getIds();
  }

  String name(TestTag tag) {
    return tag.getName();
  }

  void shout(String text) {
    System.out.println(text);
    Logger.getLogger(text).info(text);
  }

  void giveUp() {
    System.exit(1);
  }

  void waitAndHope() throws InterruptedException {
    Thread.sleep(1);
  }
}
