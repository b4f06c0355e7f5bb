"""A GPT-2-shaped causal transformer, small enough to read: the architecture of the grammar model."""
import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln_1 = nn.LayerNorm(width)
        self.attn_in = nn.Linear(width, 3 * width)
        self.attn_out = nn.Linear(width, width)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp_in = nn.Linear(width, 4 * width)
        self.mlp_out = nn.Linear(4 * width, width)

    def forward(self, x, visible, past):
        batch, sequence, width = x.shape

        def split(t):
            return t.reshape(batch, sequence, self.heads, width // self.heads).transpose(1, 2)

        query, key, value = map(split, self.attn_in(self.ln_1(x)).chunk(3, dim=2))
        if past is not None:
            key = torch.cat([past[0], key], dim=2)
            value = torch.cat([past[1], value], dim=2)
        scores = query @ key.transpose(2, 3) * (width // self.heads) ** -0.5
        # A large finite number, not -inf: a padding position on the left sees nothing at all, and its
        # softmax must still be a number (nobody reads it, but NaN would be reported by a health check).
        scores = scores.masked_fill(~visible, -1e9)
        mixed = (F.softmax(scores, dim=3) @ value).transpose(1, 2).reshape(batch, sequence, width)
        x = x + self.attn_out(mixed)
        x = x + self.mlp_out(torch.relu(self.mlp_in(self.ln_2(x))))
        return x, (key, value)


class Gpt(nn.Module):
    def __init__(self, vocabulary, positions=64, width=48, layers=2, heads=4):
        super().__init__()
        self.width, self.layers, self.heads, self.positions = width, layers, heads, positions
        self.wte = nn.Embedding(vocabulary, width)
        self.wpe = nn.Embedding(positions, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.06)

    def forward(self, input_ids, attention_mask, position_ids, past=None):
        """Logits and each layer's (key, value). attention_mask covers past and present tokens."""
        sequence = input_ids.shape[1]
        before = past[0][0].shape[2] if past is not None else 0
        key_index = torch.arange(before + sequence)
        query_index = torch.arange(sequence) + before
        causal = key_index[None, :] <= query_index[:, None]
        visible = causal[None, None] & (attention_mask[:, None, None, :] > 0)

        x = self.wte(input_ids) + self.wpe(position_ids)
        present = []
        for i, block in enumerate(self.blocks):
            x, kv = block(x, visible, past[i] if past is not None else None)
            present.append(kv)
        return self.lm_head(self.ln_f(x)), present
