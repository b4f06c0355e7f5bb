"""An encoder and a decoder that looks at it: the transformer of "Attention is all you need", with norms
first and learned positions, small enough to read."""
import torch
from torch import nn
from torch.nn import functional as F


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))

    def split(self, x):
        batch, length, width = x.shape
        return x.reshape(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def keys_and_values(self, x):
        return self.split(self.key(x)), self.split(self.value(x))

    def forward(self, x, key, value, visible):
        query = self.split(self.query(x))
        scores = query @ key.transpose(2, 3) * query.shape[3] ** -0.5
        # Large and finite: a row of padding sees nothing, and must not become NaN.
        scores = scores.masked_fill(~visible, -1e9)
        mixed = F.softmax(scores, dim=3) @ value
        return self.out(mixed.transpose(1, 2).reshape(x.shape))


class EncoderLayer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.norm_1, self.norm_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.mlp_in, self.mlp_out = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x, visible):
        normed = self.norm_1(x)
        x = x + self.attention(normed, *self.attention.keys_and_values(normed), visible)
        return x + self.mlp_out(torch.relu(self.mlp_in(self.norm_2(x))))


class DecoderLayer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.norm_1, self.norm_2, self.norm_3 = (nn.LayerNorm(width) for _ in range(3))
        self.own, self.cross = Attention(width, heads), Attention(width, heads)
        self.mlp_in, self.mlp_out = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x, causal, encoded, encoded_visible, past):
        """past is None or (keys, values) of the tokens before; encoded is (keys, values) of the source."""
        normed = self.norm_1(x)
        key, value = self.own.keys_and_values(normed)
        if past is not None:
            key, value = torch.cat([past[0], key], dim=2), torch.cat([past[1], value], dim=2)
        x = x + self.own(normed, key, value, causal)
        x = x + self.cross(self.norm_2(x), *encoded, encoded_visible)
        return x + self.mlp_out(torch.relu(self.mlp_in(self.norm_3(x)))), (key, value)


class Encoder(nn.Module):
    def __init__(self, words, width, heads, inner, layers, positions):
        super().__init__()
        self.words, self.places = words, nn.Embedding(positions, width)
        self.layers = nn.ModuleList(EncoderLayer(width, heads, inner) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, input_ids, attention_mask):
        """The last hidden state. Positions count real tokens, so padding may stand on either side."""
        places = (attention_mask.cumsum(1) - 1).clamp_min(0)
        x = self.words(input_ids) + self.places(places)
        visible = attention_mask[:, None, None, :] > 0
        for layer in self.layers:
            x = layer(x, visible)
        return self.norm(x)


class Decoder(nn.Module):
    def __init__(self, words, width, heads, inner, layers, positions):
        super().__init__()
        self.words, self.places = words, nn.Embedding(positions, width)
        self.layers = nn.ModuleList(DecoderLayer(width, heads, inner) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, words.num_embeddings, bias=False)

    def encoded(self, hidden):
        return [layer.cross.keys_and_values(hidden) for layer in self.layers]

    def forward(self, input_ids, encoded, encoder_attention_mask, past=None):
        """Logits and each layer's (keys, values) of the tokens so far."""
        length = input_ids.shape[1]
        before = past[0][0].shape[2] if past is not None else 0
        queries = torch.arange(length) + before
        x = self.words(input_ids) + self.places(queries)
        causal = (torch.arange(before + length)[None, :] <= queries[:, None])[None, None]
        visible = encoder_attention_mask[:, None, None, :] > 0
        present = []
        for i, layer in enumerate(self.layers):
            x, pair = layer(x, causal, encoded[i], visible, past[i] if past is not None else None)
            present.append(pair)
        return self.head(self.norm(x)), present


class Seq2Seq(nn.Module):
    def __init__(self, vocabulary, width=64, heads=4, inner=192, layers=2, positions=64):
        super().__init__()
        self.heads, self.width, self.positions = heads, width, positions
        words = nn.Embedding(vocabulary, width)
        self.encoder = Encoder(words, width, heads, inner, layers, positions)
        self.decoder = Decoder(words, width, heads, inner, layers, positions)
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.06)

    def forward(self, source, source_mask, target):
        encoded = self.decoder.encoded(self.encoder(source, source_mask))
        return self.decoder(target, encoded, source_mask)[0]
