"""Perplexities and choices of the grammar's language model, computed with PyTorch.

    python3 language_reference.py     reads ../models/grammar-lm and ../data, writes language-reference.json

An independent second opinion for the Java probes: the loop of Hugging Face's guide "Perplexity of
fixed-length models" over one long text, with its labels of -100 and its weights, and the means over all
predicted tokens; and log-likelihoods of answers by the rules of lm-evaluation-harness. The weights are read from the exported ONNX file and run by PyTorch in 32-bit floats;
losses are computed in 64-bit floats.
"""
import json
import math
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional as F

from gpt import Gpt
from grammar import ID, VOCABULARY
from onnx_files import write_text

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parent
MODEL = EXAMPLES / "models" / "grammar-lm" / "model.onnx"


def restore():
    exported = {i.name[len("gpt."):]: torch.tensor(numpy_helper.to_array(i))
                for i in onnx.load(str(MODEL)).graph.initializer if i.name.startswith("gpt.")}
    model = Gpt(len(VOCABULARY))
    shapes = {name: value.shape for name, value in model.state_dict().items()}
    # The exporter stores the weights of linear layers the other way round.
    turned = [name for name, value in exported.items()
              if name.endswith(("attn_in.weight", "attn_out.weight", "mlp_in.weight", "mlp_out.weight",
                                "lm_head.weight"))]
    for name in turned:
        exported[name] = exported[name].T.contiguous()
    assert all(exported[name].shape == shape for name, shape in shapes.items())
    model.load_state_dict(exported)
    return model.eval()


@torch.no_grad()
def logits(model, ids):
    """[1, sequence] -> [1, sequence, vocabulary] in 64-bit floats."""
    positions = torch.arange(ids.shape[1])[None]
    return model(ids, torch.ones_like(ids), positions)[0].double()


def loss(model, input_ids, labels):
    """What Hugging Face's models return as .loss: labels shifted by one, -100 left out, the mean."""
    shifted = logits(model, input_ids)[:, :-1]
    return F.cross_entropy(shifted.reshape(-1, shifted.shape[-1]), labels[:, 1:].reshape(-1),
                           ignore_index=-100)


def guide(model, ids, max_length, stride):
    """The guide's loop."""
    seq_len = ids.shape[1]
    nll_sum, n_tokens, prev_end_loc = 0.0, 0, 0
    every_nll, every_token, windows = 0.0, 0, 0
    for begin_loc in range(0, seq_len, stride):
        end_loc = min(begin_loc + max_length, seq_len)
        trg_len = end_loc - prev_end_loc
        input_ids = ids[:, begin_loc:end_loc]
        target_ids = input_ids.clone()
        target_ids[:, :-trg_len] = -100
        neg_log_likelihood = loss(model, input_ids, target_ids)
        num_valid_tokens = (target_ids != -100).sum().item()
        num_loss_tokens = num_valid_tokens - target_ids.size(0)
        nll_sum += neg_log_likelihood * num_loss_tokens
        n_tokens += num_loss_tokens
        # Beside the guide: each token that has a loss counts once.
        counted = (target_ids[:, 1:] != -100).sum().item()
        every_nll += neg_log_likelihood * counted
        every_token += counted
        windows += 1
        prev_end_loc = end_loc
        if end_loc == seq_len:
            break
    return {"max_length": max_length, "stride": stride, "windows": windows, "tokens": every_token,
            "strided_perplexity": math.exp(nll_sum / n_tokens),
            "perplexity": math.exp(every_nll / every_token)}


def log_likelihood(model, context, continuation):
    """Sum of the log-probabilities of continuation's words, and whether each is the likeliest."""
    ids = torch.tensor([[ID[word] for word in context + continuation]])
    scores = F.log_softmax(logits(model, ids[:, :-1])[0, -len(continuation):], dim=-1)
    wanted = ids[0, -len(continuation):]
    return scores.gather(1, wanted[:, None]).sum().item(), bool((scores.argmax(1) == wanted).all())


def rows(name):
    with open(EXAMPLES / "data" / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def multiple_choice(model):
    hits = {"acc": 0, "acc_norm": 0, "acc_bytes": 0, "acc_mutual_info": 0}
    brier, margin = 0.0, 0.0
    questions = rows("grammar-questions.jsonl")
    for row in questions:
        words, gold = row["choices"], row["answer"]
        lls = np.array([log_likelihood(model, row["question"].split(), [w])[0] for w in words])
        alone = np.array([log_likelihood(model, ["<bos>"], [w])[0] for w in words])
        hits["acc"] += np.argmax(lls) == gold
        hits["acc_norm"] += np.argmax(lls / np.array([len(w) for w in words])) == gold
        hits["acc_bytes"] += np.argmax(lls / np.array([len(w.encode()) for w in words])) == gold
        hits["acc_mutual_info"] += np.argmax(lls - alone) == gold
        shares = np.exp(lls - lls.max())
        shares /= shares.sum()
        brier += float(((shares - np.eye(len(words))[gold]) ** 2).sum())
        margin += lls[gold] - max(ll for i, ll in enumerate(lls) if i != gold)
    return {**{name: int(hit) / len(questions) for name, hit in hits.items()},
            "brier_score": brier / len(questions), "mean_margin": margin / len(questions)}


def minimal_pairs(model):
    margins = [log_likelihood(model, ["<bos>"], row["sentence_good"].split())[0]
               - log_likelihood(model, ["<bos>"], row["sentence_bad"].split())[0]
               for row in rows("grammar-pairs.jsonl")]
    return {"acc": sum(margin > 0 for margin in margins) / len(margins),
            "mean_margin": sum(margins) / len(margins), "least_margin": min(margins)}


def cloze(model):
    found = [log_likelihood(model, row["question"].split(), [row["word"]])
             for row in rows("grammar-questions.jsonl")]
    return {"acc": sum(greedy for _, greedy in found) / len(found),
            "perplexity": math.exp(-sum(ll for ll, _ in found) / len(found))}


def main():
    model = restore()
    documents = [row["text"].split() for row in rows("grammar-corpus.jsonl")]
    long_text = torch.tensor([[ID[word] for document in documents for word in document]])
    nats, tokens = 0.0, 0
    for document in documents:
        ids = torch.tensor([[ID[word] for word in document]])
        nats += loss(model, ids, ids).item() * (ids.shape[1] - 1)
        tokens += ids.shape[1] - 1
    text_bytes = sum(len(" ".join(document).encode()) for document in documents)
    write_text(HERE / "language-reference.json", json.dumps({
        "about": "models/grammar-lm on grammar-corpus.jsonl, grammar-questions.jsonl and "
                 "grammar-pairs.jsonl, by language_reference.py",
        "documents": {"texts": len(documents), "tokens": tokens, "nats_per_token": nats / tokens,
                      "perplexity": math.exp(nats / tokens),
                      "bits_per_byte": nats / math.log(2) / text_bytes},
        "one_long_text": [guide(model, long_text, *windows)
                          for windows in [(64, 64), (64, 32), (64, 16), (50, 7)]],
        "multiple_choice": multiple_choice(model),
        "minimal_pairs": minimal_pairs(model),
        "cloze": cloze(model),
    }, indent=2) + "\n")


if __name__ == "__main__":
    main()
