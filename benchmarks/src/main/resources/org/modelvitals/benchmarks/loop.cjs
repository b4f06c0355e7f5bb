// A classification over ONNX Runtime's binding for Node, as somebody would write it by hand: makes a
// pass over the rows for every line on the standard input, and answers with the accuracy.
'use strict';
const fs = require('node:fs');
const readline = require('node:readline');

const work = JSON.parse(process.argv[2]);
const ort = require(work.binding + '/node_modules/onnxruntime-node');
const classes = new Map(work.classes.map((name, index) => [name, index]));

async function pass(session) {
  const input = session.inputMetadata.find((each) => each.name === work.input);
  const tail = input.shape.slice(1);
  const width = tail.reduce((product, size) => product * size, 1);
  const values = new (input.type === 'float32' ? Float32Array : Int32Array)(width * work.batch);
  const labels = [];
  let right = 0;
  let rows = 0;

  async function run() {
    const count = labels.length;
    const tensor = new ort.Tensor(input.type, values.subarray(0, width * count), [count, ...tail]);
    const outputs = await session.run({ [work.input]: tensor });
    const scores = outputs[session.outputNames[0]].data;
    for (let row = 0; row < count; row++) {
      let best = 0;
      for (let i = 1; i < classes.size; i++) {
        if (scores[row * classes.size + i] > scores[row * classes.size + best]) {
          best = i;
        }
      }
      right += best === labels[row] ? 1 : 0;
    }
    rows += count;
    labels.length = 0;
  }

  for (const line of fs.readFileSync(work.data, 'utf8').split('\n')) {
    if (line === '') {
      continue;
    }
    const row = JSON.parse(line);
    values.set(row[work.input], width * labels.length);
    labels.push(classes.get(row.label));
    if (labels.length === work.batch) {
      await run();
    }
  }
  if (labels.length > 0) {
    await run();
  }
  return right / rows;
}

async function main() {
  const session = await ort.InferenceSession.create(work.model, {
    intraOpNumThreads: work.threads,
    interOpNumThreads: 1,
  });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(await pass(session));
  }
}

main();
