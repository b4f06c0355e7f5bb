"""Writes tokenizer.json for the grammar's vocabulary, in the format of Hugging Face's tokenizers.

    python3 tokenizer.py     writes ../models/grammar-lm/tokenizer.json and tokenizer_config.json

One word, one token. Nothing is added: "the dog" is two ids, and who wants <bos> writes it into the
text ("<bos> the dog"), where it is recognised as one token, like <eos>, <pad> and <unk>.
"""
import json
import pathlib

import grammar
from onnx_files import write_text

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "models" / "grammar-lm"


def main():
    special = [grammar.PAD, grammar.BOS, grammar.EOS, grammar.UNK]
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": grammar.ID[token], "content": token, "single_word": False,
                          "lstrip": False, "rstrip": False, "normalized": False, "special": True}
                         for token in special],
        "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": grammar.ID, "unk_token": grammar.UNK},
    }
    write_text(FOLDER / "tokenizer.json", json.dumps(tokenizer, indent=2) + "\n")
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 64,
              "bos_token": grammar.BOS, "eos_token": grammar.EOS, "pad_token": grammar.PAD,
              "unk_token": grammar.UNK, "clean_up_tokenization_spaces": False}
    write_text(FOLDER / "tokenizer_config.json", json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    main()
